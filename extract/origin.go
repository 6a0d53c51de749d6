package extract

import "mingxi/schema"

func (x *reader) origins() []schema.Origin {
	out := make([]schema.Origin, len(x.doc.Articles))
	for i, a := range x.doc.Articles {
		out[i].Article = a.N
	}
	return out
}
