// Conditions switches every condition of extract off and on in turn, and says which
// of them change nothing and which serve one document alone: candidates to be left
// out.
//
//	go run ./bench/conditions > conditions.tsv                        # from the root of the project
//	go run ./bench/conditions -gold DIR,DIR -files 'own|label' > conditions.tsv
//
// It rewrites the sources of extract in a copy, so that each operand of && and ||,
// each condition of an if and each case of a switch asks first whether it is the one
// that is switched, compiles the tests of extract with that copy (go test -c -overlay)
// once, and lets them read the example files, the facts and the gold for each switch:
// those documents in which the condition ever was otherwise. Nothing in the sources
// changes.
//
// A line is: place, the condition, what it was set to, how many examples no longer hold,
// how many documents are read otherwise, how many fields less and more of them agree with
// the gold (document by document), and the first example or document that changed.
package main

import (
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

//go:embed hook.go.txt
var hook string

//go:embed run_test.go.txt
var runner string

func main() {
	gold := flag.String("gold", "bench/gold", "directories of hand-coded documents NAME.txt with NAME.tsv, parted by commas")
	files := flag.String("files", "", "pattern of the files whose conditions are switched; all of extract without")
	flag.Parse()
	if err := run(*gold, *files); err != nil {
		fmt.Fprintln(os.Stderr, "conditions:", err)
		os.Exit(1)
	}
}

func run(gold, files string) error {
	only, err := regexp.Compile(files)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "conditions")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	sources, err := filepath.Abs("extract")
	if err != nil {
		return err
	}
	replace := map[string]string{}
	put := func(name, text string) error {
		replace[filepath.Join(sources, name)] = filepath.Join(dir, name)
		return os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600)
	}
	paths, err := filepath.Glob(filepath.Join(sources, "*.go"))
	if err != nil || len(paths) == 0 {
		return fmt.Errorf("no sources in %s: run it from the root of the project (%v)", sources, err)
	}
	var list []condition
	for _, path := range paths {
		name := filepath.Base(path)
		if strings.HasSuffix(name, "_test.go") || !only.MatchString(name) {
			continue
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		text, found, err := rewrite(path, src, len(list))
		if err != nil {
			return err
		}
		list = append(list, found...)
		if err := put(name, text); err != nil {
			return err
		}
	}
	if err := put("zz_hook.go", hook); err != nil {
		return err
	}
	if err := put("zz_run_test.go", runner); err != nil {
		return err
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return err
	}
	table, err := json.Marshal(list)
	if err != nil {
		return err
	}
	for name, b := range map[string][]byte{"overlay.json": overlay, "conditions.json": table} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			return err
		}
	}
	program := filepath.Join(dir, "extract.test")
	if out, err := exec.Command("go", "test", "-c", "-vet=off", "-overlay", filepath.Join(dir, "overlay.json"), "-o", program, "./extract").CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	var absolute []string
	for _, g := range strings.Split(gold, ",") {
		a, err := filepath.Abs(g)
		if err != nil {
			return err
		}
		absolute = append(absolute, a)
	}
	test := exec.Command(program, "-test.run", "^TestConditions$", "-test.timeout", "0")
	test.Dir = sources
	test.Env = append(os.Environ(), "CONDITIONS="+filepath.Join(dir, "conditions.json"), "CONDITIONS_GOLD="+strings.Join(absolute, ","), "CONDITIONS_OUT="+filepath.Join(dir, "out.tsv"))
	test.Stderr = os.Stderr
	if out, err := test.Output(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	out, err := os.ReadFile(filepath.Join(dir, "out.tsv"))
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(out)
	return err
}
