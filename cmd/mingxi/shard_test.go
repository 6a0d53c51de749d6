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

// alter RUN FILE appends a line to a file of a run.
func alterCmd(ts *testscript.TestScript, neg bool, args []string) {
	name := filepath.Join(args[0], runJSON(ts, args[0])["name"].(string), args[1])
	ts.Check(os.WriteFile(ts.MkAbs(name), []byte(ts.ReadFile(name)+"x\n"), 0o666))
}

// planned RUN PROGRAM makes another version of the program the one that planned a run.
func plannedCmd(ts *testscript.TestScript, neg bool, args []string) {
	fields := runJSON(ts, args[0])
	fields["program"] = args[1]
	data, err := json.Marshal(fields)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(filepath.Join(args[0], "run.json")), data, 0o666))
}
