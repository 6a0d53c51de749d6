package corpus

import (
	"fmt"
	"testing"

	"mingxi/corpus/draft"
)

// Lines that a reader left out are removals at the place where they stood.
func TestGone(t *testing.T) {
	dr := &draft.Document{
		Pieces: []draft.Piece{{Kind: draft.Para, Text: "全年发放低保金300万元。"}, {Kind: draft.Para, Text: "新建敬老院3所。"}},
		Gone:   []draft.Gone{{Before: 0, Text: "清水县统计年鉴"}, {Before: 1, Text: "- 1 -"}, {Before: 1, Text: "清水县统计年鉴"}, {Before: 2, Text: "- 2 -"}},
	}
	d, err := normalize(dr, Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, r := range d.Removed {
		got += fmt.Sprintln(r.Reason, r.Text, d.Text[:r.At])
	}
	want := `running head or foot 清水县统计年鉴 
running head or foot - 1 - 全年发放低保金300万元。

running head or foot 清水县统计年鉴 全年发放低保金300万元。

running head or foot - 2 - 全年发放低保金300万元。
新建敬老院3所。
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
