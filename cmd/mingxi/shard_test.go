package main

import (
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"
)

// runJSON reads run.json of a run.
func runJSON(ts *testscript.TestScript, run string) (fields map[string]any) {
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(filepath.Join(run, "run.json"))), &fields))
	return fields
}

// alter RUN FILE appends a line to a file of a run; with a third argument it changes a
// byte instead, and the file stays as long.
func alterCmd(ts *testscript.TestScript, neg bool, args []string) {
	name := filepath.Join(args[0], runJSON(ts, args[0])["name"].(string), args[1])
	data := []byte(ts.ReadFile(name))
	if len(args) > 2 {
		data[len(data)/2] ^= 1
	} else {
		data = append(data, "x\n"...)
	}
	ts.Check(os.WriteFile(ts.MkAbs(name), data, 0o666))
}

// planned RUN PROGRAM makes another version of the program the one that planned a run.
func plannedCmd(ts *testscript.TestScript, neg bool, args []string) {
	fields := runJSON(ts, args[0])
	fields["program"] = args[1]
	data, err := json.Marshal(fields)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(filepath.Join(args[0], "run.json")), data, 0o666))
}
