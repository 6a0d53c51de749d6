package pdf

func rebuild(data []byte, b *budget) ([]byte, bool) { return nil, false }
