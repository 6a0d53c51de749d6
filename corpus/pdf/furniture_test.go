package pdf

import (
	"fmt"
	"testing"
)

// Heads and feet are taken off, and named with the piece that they stood before.
func TestGone(t *testing.T) {
	var pages []string
	for i, text := range []string{"一、发放低保金300万元。", "二、新建敬老院3所。", "三、受灾人口3万人。"} {
		pages = append(pages, typeset(200, 800, 20, "清水县统计年鉴")+typeset(72, 500, 20, text)+typeset(290, 40, 20, fmt.Sprintf("- %d -", i+1)))
	}
	d, err := Read(sketch{font: unicodeFont}.file(pages...), Options{Single: true})
	if err != nil {
		t.Fatal(err)
	}
	want := `para 一、发放低保金300万元。
para 二、新建敬老院3所。
para 三、受灾人口3万人。
gone 0 清水县统计年鉴
gone 1 - 1 -
gone 1 清水县统计年鉴
gone 2 - 2 -
gone 2 清水县统计年鉴
gone 3 - 3 -
`
	if got := d.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
