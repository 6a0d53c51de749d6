package corpus

import (
	"mingxi/schema"
)

// split divides a document into articles at the titles that certainly begin one.
func split(d *schema.Document) {
	starts := articleStarts(d)
	for i, at := range starts {
		end := len(d.Text)
		if i+1 < len(starts) {
			end = d.Blocks[starts[i+1]].Start
		}
		a := schema.Article{N: i + 1}
		a.Start, a.End = d.Blocks[at].Start, end
		if i == 0 {
			a.Start = 0
		}
		a.Title = articleTitle(d, at, a.Span)
		d.Articles = append(d.Articles, a)
	}
}

// articleStarts returns the numbers of the blocks at which articles begin, the
// first of them 0.
func articleStarts(d *schema.Document) []int {
	starts := []int{0}
	body := 0 // characters of prose since the last start
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if i > 0 && b.Kind == schema.Title && body > 300 && beginsArticle(d, i) {
			starts = append(starts, i)
			body = 0
		}
		if b.Kind != schema.Title {
			body += b.Len()
		}
	}
	return starts
}

// beginsArticle reports whether the title at block i begins an article.
func beginsArticle(d *schema.Document, i int) bool {
	for _, r := range d.Removed {
		if r.Reason == reasonTitle && i+1 < len(d.Blocks) && r.At == d.Blocks[i+1].Start {
			return true
		}
	}
	return false
}

// articleTitle is the last title at the head of an article: a collection's own
// title stands above that of its first article.
func articleTitle(d *schema.Document, from int, in schema.Span) string {
	title := ""
	for i := from; i < len(d.Blocks) && in.Contains(d.Blocks[i].Span); i++ {
		if d.Blocks[i].Kind != schema.Title {
			break
		}
		title = d.Blocks[i].In(d.Text)
	}
	return title
}

// setLevels numbers the levels of headings: in each article, the kinds of marker
// that it uses, from the outermost in, are levels 1, 2, 3 …
func setLevels(d *schema.Document) {
	i := 0
	for _, a := range d.Articles {
		from := i
		var used [rankBullet + 2]bool
		for ; i < len(d.Blocks) && d.Blocks[i].Start < a.End; i++ {
			if b := &d.Blocks[i]; b.Kind == schema.Heading && b.Level == 0 {
				used[headingRank(d.Text, b)] = true
			}
		}
		level, levels := 0, [len(used)]int{}
		for r := range used {
			if used[r] {
				level++
				levels[r] = level
			}
		}
		for j := from; j < i; j++ {
			if b := &d.Blocks[j]; b.Kind == schema.Heading && b.Level == 0 {
				b.Level = levels[headingRank(d.Text, b)]
			}
		}
	}
}

// headingRank is the rank of a heading's marker; one without is the innermost.
func headingRank(text string, b *schema.Block) rank {
	if m, ok := markerAt(b.In(text)); ok {
		return m.rank
	}
	return rankBullet + 1
}
