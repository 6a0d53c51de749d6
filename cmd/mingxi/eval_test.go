package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Eval counts what the scorer of the project's gold counts. It is asked where
// MINGXI_GOLD names the directory that holds score.py with samples in dev and dev2.
func TestEvalAgreesWithScorer(t *testing.T) {
	gold := os.Getenv("MINGXI_GOLD")
	if gold == "" {
		t.Skip("MINGXI_GOLD is not set")
	}
	bin := filepath.Join(t.TempDir(), "mingxi")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, sample := range []string{"dev", "dev2"} {
		dir := filepath.Join(gold, sample)
		var ours, theirs map[string]map[string]any
		out, err := exec.Command(bin, "eval", dir, "--json").Output()
		if err == nil {
			err = json.Unmarshal(out, &ours)
		}
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "scores.json")
		if out, err := exec.Command("python3", filepath.Join(gold, "score.py"), dir, "--json", file, "--", bin, "extract").CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		data, err := os.ReadFile(file)
		if err == nil {
			err = json.Unmarshal(data, &theirs)
		}
		if err != nil {
			t.Fatal(err)
		}
		for name, counts := range theirs {
			for field, n := range counts {
				if ours[name][field] != n {
					t.Errorf("%s: %s %v, score.py has %v", name, field, ours[name][field], n)
				}
			}
		}
	}
}
