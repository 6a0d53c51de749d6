package index_test

import (
	"context"
	"fmt"
	"log"
	"os"

	"mingxi/index"
	"mingxi/index/query"
	"mingxi/schema"
)

// Make an index, and ask it.
func Example() {
	dir, err := os.MkdirTemp("", "index")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)

	w, err := index.Create(dir, index.Options{})
	if err != nil {
		log.Fatal(err)
	}
	text := "石桥镇2013年工作总结\n全镇有城市低保对象326户712人，低保金全部发放到户。"
	doc := &schema.Document{
		ID: "5e33fbec68f6b0c2", Source: "a.txt", Text: text,
		Articles: []schema.Article{{N: 1, Title: "石桥镇2013年工作总结", Span: schema.Span{End: len(text)}}},
	}
	if err := w.Add(doc, nil); err != nil { // nil: no figures were read
		log.Fatal(err)
	}
	if err := w.Commit(); err != nil {
		log.Fatal(err)
	}
	w.Close()

	ix, err := index.Open(dir)
	if err != nil {
		log.Fatal(err)
	}
	defer ix.Close()
	q, err := query.Parse("低保 title:石桥")
	if err != nil {
		log.Fatal(err)
	}
	res, err := ix.Search(context.Background(), q, index.SearchOptions{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(res.Reports, "report for", q)
	for _, hit := range res.Hits(0, 10) {
		fmt.Println(hit.Title, hit.Source)
		for _, s := range index.Snippets(text, hit.Marks, 1, 40) {
			fmt.Println(s.Text)
			for _, m := range s.Marks {
				fmt.Print(s.Text[m.Start:m.End], " ")
			}
		}
	}
	// Output:
	// 1 report for 低保 title:石桥
	// 石桥镇2013年工作总结 a.txt
	// 全镇有城市低保对象326户712人，低保金全部发放到户。
	// 低保 低保
}
