// Mingxi-postgres answers searches over a corpus in PostgreSQL. Nobody starts it by
// hand: mingxi does, for --backend postgres://host1,host2/database (package backend of
// mingxi), and so needs no driver itself.
//
//	compile.go   a query → SQL: the grams narrow, positions decide
//	finding.go   what was found: counts, hits, facets
//	document.go  documents with their figures
//	store.go     connections, what is checked of a database, one retry
//	errors.go    what errors of PostgreSQL mean for the user
package main

import (
	"context"
	"fmt"
	"os"

	"mingxi/cmd/mingxi/backend"
)

const usage = `mingxi-postgres answers for mingxi, which starts it:

  mingxi search 城市低保 --backend postgres://host1,host2/database
  mingxi panel --backend postgres://host1,host2/database
`

func main() {
	if len(os.Args) != 2 || os.Args[1] != "serve" {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
	if err := backend.Serve(context.Background(), os.Stdin, os.Stdout, open); err != nil {
		fmt.Fprintln(os.Stderr, "mingxi-postgres:", err)
		os.Exit(1)
	}
}
