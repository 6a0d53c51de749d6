package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"mingxi/schema"
)

// report is a report of its own, made of 60 sentences with a number each.
func report(seed uint64) string {
	rng := rand.New(rand.NewPCG(seed, 0))
	subjects := strings.Split("农村低保对象 城市低保对象 五保供养老人 重点优抚对象 退役士兵 孤儿 残疾人 高龄老人 受灾群众 流浪乞讨人员", " ")
	verbs := strings.Split("全年共救助 新增保障 累计走访慰问 集中安置 按时足额发放补助给 组织培训 重新核查认定 帮助就业", " ")
	tails := strings.Split("群众反映良好 比上年有所增加 超额完成任务 资金由县财政列支 各乡镇均已落实 工作走在全市前列 受到上级表扬", " ")
	var b strings.Builder
	for range 60 {
		fmt.Fprintf(&b, "%s%s%d名，%s。", verbs[rng.IntN(len(verbs))], subjects[rng.IntN(len(subjects))],
			10+rng.IntN(9000), tails[rng.IntN(len(tails))])
	}
	return b.String()
}

// plain is a document of one paragraph, or of two with a heading.
func plain(path, heading, text string) (Source, *schema.Document) {
	whole := heading + "\n" + text
	sum := sha256.Sum256([]byte(whole))
	return Source{Path: path, Size: int64(len(whole)), Hash: sum[:]}, &schema.Document{
		ID: hex.EncodeToString(sum[:8]), Source: path, Format: "txt", Text: whole,
		Blocks: []schema.Block{
			{Kind: schema.Title, Span: schema.Span{End: len(heading)}},
			{Kind: schema.Paragraph, Span: schema.Span{Start: len(heading) + 1, End: len(whole)}},
		},
	}
}

var traditional = strings.NewReplacer("农", "農", "对", "對", "优", "優", "抚", "撫", "灾", "災", "残", "殘", "龄", "齡", "养", "養",
	"发", "發", "给", "給", "业", "業", "织", "織", "训", "訓", "认", "認", "县", "縣", "财", "財", "务", "務", "扬", "揚", "级", "級")

// What is one report and what is two.
func TestNearCopies(t *testing.T) {
	base := report(1)
	digits := rand.New(rand.NewPCG(9, 9))
	nextYear := strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return '0' + rune(digits.IntN(10))
		}
		return r
	}, base)
	files := map[string]string{
		"base":        base,
		"site":        "您的位置：首页 > 工作总结 > 正文 " + base + " 上一篇：乡镇总结 下一篇：街道总结 版权所有",
		"traditional": traditional.Replace(base),
		"width":       strings.NewReplacer("，", ", ", "1", "１", "2", "２").Replace(base),
		"teaser":      string([]rune(base)[:300]) + "……",
		"masked":      strings.Replace(base, "1", "X", 20),
		"next year":   nextYear,
		"other":       report(2),
		"part":        string([]rune(base)[500:800]), // another opening, a seventh of the text
	}
	want := []string{"base", "masked", "site", "teaser", "traditional", "width"}
	for turn := range 4 { // whatever the order
		w := openWriter(t, t.TempDir())
		names := slices.Collect(func(yield func(string) bool) {
			for n := range files {
				if !yield(n) {
					return
				}
			}
		})
		slices.Sort(names)
		rand.New(rand.NewPCG(uint64(turn), 1)).Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		var first *schema.Document
		for _, n := range names {
			s, d := plain(n, "工作总结", files[n])
			if n == "base" {
				first = d
			}
			if _, err := w.Put(s, d, &schema.Reading{}, Sketch(d)); err != nil {
				t.Fatal(err)
			}
		}
		commit(t, w)
		copies, err := w.Cluster(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		cluster, err := w.NearCopies(t.Context(), first.ID)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range cluster {
			got = append(got, r.Source)
		}
		if got[0] != "width" {
			t.Errorf("%s stands for all, want the longest, for there are no figures", got[0])
		}
		slices.Sort(got)
		if !slices.Equal(got, want) || copies != len(want)-1 {
			t.Errorf("order %q: copies %d, cluster %q, want %q", names, copies, got, want)
		}
		if stands, _ := w.Representatives(t.Context()); len(stands) != len(want) {
			t.Errorf("representatives %v", stands)
		}
	}
}

// Many reports that share their sentences but not their content stay apart, and
// no document is in two clusters.
func TestNoFalseCopies(t *testing.T) {
	w := openWriter(t, t.TempDir())
	for i := range 300 {
		s, d := plain(fmt.Sprint(i), "工作总结", report(uint64(100+i)))
		if _, err := w.Put(s, d, &schema.Reading{}, Sketch(d)); err != nil {
			t.Fatal(err)
		}
	}
	commit(t, w)
	if copies, err := w.Cluster(t.Context()); copies != 0 || err != nil {
		t.Errorf("%d copies, %v", copies, err)
	}
	if again, err := w.Cluster(t.Context()); again != 0 || err != nil {
		t.Errorf("again: %d, %v", again, err)
	}
}

func BenchmarkSketch(b *testing.B) {
	_, d := plain("a", "工作总结", report(1))
	b.SetBytes(int64(len(d.Text)))
	for b.Loop() {
		Sketch(d)
	}
}
