package audit

import "mingxi/corpus/fold"

func foldText(s string) string { return fold.String(s) }
