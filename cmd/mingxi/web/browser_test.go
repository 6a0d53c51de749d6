package web

import (
	"context"
	"flag"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Pictures instead of a test: go test ./cmd/mingxi/web -run TestBrowser -args -readme $PWD/docs/page
var (
	shots  = flag.String("shots", "", "take pictures of all pages into this directory")
	readme = flag.String("readme", "", "take the pictures of the README into this directory")
)

// A reader in a real browser searches, reads, asks why, corrects and exports; by keyboard
// alone, on a telephone, without script, and with axe looking for what keeps others out.
// It needs node, Chromium, and playwright-core and axe-core from npm where NODE_PATH says.
func TestBrowser(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node")
	}
	if exec.Command(node, "-e", "require('playwright-core');require('axe-core')").Run() != nil {
		t.Skip("no playwright-core and axe-core in NODE_PATH")
	}
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium")
	}
	texts := map[string]string{}
	for _, some := range []map[string]string{reports, series} {
		for name, text := range some {
			texts[name] = text
		}
	}
	samples, err := filepath.Glob("../../../samples/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range samples {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[filepath.Base(name)] = string(text)
	}
	s := serve(t, Options{Dir: corpusOf(t, texts), Edit: true})
	addr := listen(t, s, func(ctx context.Context, l net.Listener) error { return s.Serve(ctx, l, "", "") })
	mode := []string{"testdata/browser.js", "http://" + addr, "test"}
	if *shots != "" {
		mode = append(mode[:2], "shots", *shots)
	}
	if *readme != "" {
		mode = append(mode[:2], "readme", *readme)
	}
	cmd := exec.CommandContext(t.Context(), node, mode...)
	cmd.Env = append(os.Environ(), "CHROMIUM="+chromium)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v", err)
	}
	for line := range strings.Lines(string(out)) {
		if strings.HasPrefix(line, "FAIL") {
			t.Error(strings.TrimSpace(line))
		}
	}
	t.Logf("%s", out)
}
