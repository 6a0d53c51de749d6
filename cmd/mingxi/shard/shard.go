// Package shard divides the files of a corpus among processes, of one machine or of
// many, and makes one corpus of what they have done. Somebody else starts them: a
// shell, Slurm, Kubernetes. They share a file system, and nothing else.
//
// # On disk
//
//	RUN/run.json                what the run is (Run); replaced by the next plan
//	RUN/NAME/list-00003.tsv     the files of shard 3 (list.go)
//	RUN/NAME/words.txt …        what the user said when the run was planned (Inputs)
//	RUN/NAME/part-00003/        what shard 3 has done: a corpus without an index, and
//	                            a receipt; it appears whole or not at all (part.go)
//	RUN/NAME/.part-00003-…      somebody is at work on it, or was killed
//	RUN/NAME/log-00003.txt      messages of shard 3, where submit started it
//
// NAME is a checksum of all that decides what the parts hold: the lists with sizes and
// times, the program, its settings, words and vocabulary. So parts that were made of
// other files or by other rules are never taken for those of this run.
package shard

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"mingxi/corpus"
)

// A Run is a division of files, as it stands in run.json.
type Run struct {
	Name     string   `json:"name"`
	Program  string   `json:"program"` // that planned it, and must do the work
	Roots    []string `json:"roots"`
	Settings Settings `json:"settings"`
	Inputs   Inputs   `json:"inputs"`
	Lists    []List   `json:"lists"` // one for each shard

	dir string // RUN
}

// Settings are how files are read.
type Settings struct {
	OCR            bool     `json:"ocr,omitempty"`
	PDFEngine      string   `json:"pdf_engine,omitempty"`
	Include        []string `json:"include,omitempty"`
	Exclude        []string `json:"exclude,omitempty"`
	IndicatorsOnly bool     `json:"indicators_only,omitempty"`
	Meta           string   `json:"meta,omitempty"` // the name of the file as the user gave it, which is kept
}

// Inputs are the files of the user, by the names of their copies, with their checksums.
type Inputs map[string]string

// The names of inputs.
const (
	Words      = "words.txt"
	Indicators = "indicators.tsv"
	Meta       = "meta.csv"
)

// A List is what is known of the list of a shard.
type List struct {
	Files int    `json:"files"`
	Bytes int64  `json:"bytes"` // of the files
	Sum   string `json:"sha256"`
}

// Errors that a user can mend. They are wrapped in a Problem.
var (
	ErrNoRun    = errors.New("no run here")
	ErrForeign  = errors.New("the directory holds other files and no run")
	ErrProgram  = errors.New("the run was planned by another version")
	ErrChanged  = errors.New("the run was changed by hand")
	ErrNoFiles  = errors.New("there is nothing to read")
	ErrNoShard  = errors.New("there is no such shard")
	ErrNoTask   = errors.New("no engine says which shard this is")
	ErrMissing  = errors.New("shards are not done")
	ErrExists   = errors.New("the directory is there already")
	ErrNoEngine = errors.New("sbatch is not here")
	ErrRefused  = errors.New("sbatch refuses the script")
)

// A Problem is one of the errors above and what it is about.
type Problem struct {
	Err    error
	Dir    string // the run; of ErrExists the corpus, of errors of sbatch the script
	About  string // the file, path, program or shard that is wrong
	This   string // of ErrProgram: the program that runs
	Shards []int  // of ErrMissing: those that are not done
	Of     int    // how many shards there are
}

func (p *Problem) Error() string {
	s := p.Dir + ": " + p.Err.Error()
	if p.About != "" {
		s += ": " + p.About
	}
	return s
}

// Unwrap is the kind of the problem.
func (p *Problem) Unwrap() error { return p.Err }

const runFile = "run.json"

// Is reports whether a directory is one of runs.
func Is(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, runFile))
	return err == nil && info.Mode().IsRegular()
}

// Open reads the run in dir. program must be the one that planned it.
func Open(dir, program string) (*Run, error) {
	data, err := os.ReadFile(filepath.Join(dir, runFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &Problem{Err: ErrNoRun, Dir: dir}
	}
	if err != nil {
		return nil, err
	}
	r := &Run{dir: dir}
	if err := json.Unmarshal(data, r); err != nil {
		return nil, &Problem{Err: ErrChanged, Dir: dir, About: runFile}
	}
	switch {
	case r.Program != program:
		return nil, &Problem{Err: ErrProgram, Dir: dir, About: r.Program, This: program}
	case r.Name != r.name() || len(r.Lists) == 0:
		return nil, &Problem{Err: ErrChanged, Dir: dir, About: runFile}
	}
	for name, sum := range r.Inputs {
		if now, err := fileSum(r.path(name)); err != nil || now != sum {
			return nil, &Problem{Err: ErrChanged, Dir: dir, About: r.path(name)}
		}
	}
	return r, nil
}

// name is the checksum of what decides about the parts.
func (r *Run) name() string {
	without := *r
	without.Name = ""
	data, err := json.Marshal(without)
	if err != nil {
		panic(err) // of strings and numbers
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:6])
}

// Shards is how many there are.
func (r *Run) Shards() int { return len(r.Lists) }

// Dir is the directory of the run.
func (r *Run) Dir() string { return r.dir }

// path is a file of the run.
func (r *Run) path(name string) string { return filepath.Join(r.dir, r.Name, name) }

// Input is the copy of a file of the user; empty if there was none.
func (r *Run) Input(name string) string {
	if r.Inputs[name] == "" {
		return ""
	}
	return r.path(name)
}

// Sources are the options of the walk.
func (r *Run) Sources() corpus.SourceOptions {
	return corpus.SourceOptions{Include: r.Settings.Include, Exclude: r.Settings.Exclude}
}

func listName(n int) string { return fmt.Sprintf("list-%05d.tsv", n) }

// Log is where the messages of a shard go if submit starts it.
func (r *Run) Log(n int) string { return r.path(fmt.Sprintf("log-%05d.txt", n)) }

func fileSum(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}

// writeWhole writes a file that appears whole or not at all, also after a crash.
func writeWhole(name string, data []byte) error {
	part := fmt.Sprintf("%s.%d.part", name, time.Now().UnixNano())
	f, err := os.Create(part)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(part, name)
	}
	if err != nil {
		os.Remove(part)
	}
	return err
}
