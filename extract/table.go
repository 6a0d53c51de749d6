package extract

// row reads a row of a table.
func (x *reader) row(b int) {}

// flatTable reads a table that was flattened into a line.
func (x *reader) flatTable(b int) bool { return false }
