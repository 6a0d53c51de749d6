package main

// This file tells a shell the values of flags that have a few: the same lists that the
// flags are checked against.

import (
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/table"
	"mingxi/corpus"
)

// languages are those of messages.
func languages() []string { return []string{"en", "zh"} }

// completeShared declares the values of flags that several commands have.
func completeShared(root *cobra.Command) {
	completeFlag(root, "lang", languages())
	for _, c := range root.Commands() {
		completeFlag(c, "pdf-engine", corpus.PDFEngines())
		completeFlag(c, "encoding", table.Encodings())
	}
}

// completeFlag declares the values of a flag of a command, if it has that flag. Of a
// list, parted by commas, the last is completed, and none is offered twice.
func completeFlag(c *cobra.Command, name string, values []string) {
	f := c.Flag(name)
	if f == nil {
		return
	}
	list := strings.HasSuffix(f.Value.Type(), "Slice")
	// The error is that the flag is not there, or has values already.
	_ = c.RegisterFlagCompletionFunc(name, func(_ *cobra.Command, _ []string, typed string) (out []string, _ cobra.ShellCompDirective) {
		before, given := "", []string(nil)
		if i := strings.LastIndexByte(typed, ','); list && i >= 0 {
			before, given = typed[:i+1], strings.Split(typed[:i], ",")
		}
		for _, v := range values {
			if strings.HasPrefix(before+v, typed) && !slices.Contains(given, v) {
				out = append(out, before+v)
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	})
}

// namesOf are the names of a table, in order, without the empty one.
func namesOf[V any](table map[string]V) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(table)), func(name string) bool { return name == "" })
}
