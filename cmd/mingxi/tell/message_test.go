package tell

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// What is said of a file, a corpus or a flag, in both languages.
func TestMessage(t *testing.T) {
	for en, zh := range map[string]string{
		"a.txt: no such file or directory":                                                             "a.txt: 没有这个文件或文件夹",
		"a.txt: open a.txt: permission denied":                                                         "a.txt: 打开 a.txt: 没有权限",
		"b/c: d.7z: not a format that can be read: 7z archive; unpack it, or pack it as .zip":          "b/c: d.7z: 不是能读的格式: 7z 压缩包; 请先解压,或改用 .zip 打包",
		"e.wps: not a format that can be read: open it in WPS Office and save it as .docx":             "e.wps: 不是能读的格式: 请用 WPS Office 打开,另存为 .docx",
		"line.txt: too large: 80000000 bytes of text, the limit is 33554432":                           "line.txt: 太大: 文字有 80000000 字节,上限 33554432",
		"secret.docx: docx: the document is encrypted: it needs a password":                            "secret.docx: docx: 文档已加密:需要密码",
		"unknown flag: --nonsense":                                                                     "没有这个选项: --nonsense",
		"unknown command \"serch\" for \"mingxi\"\n\nDid you mean this?\n\tsearch\n":                   "没有命令 \"serch\"(\"mingxi\")\n\n是不是:\n\tsearch\n",
		`invalid argument "x" for "-j, --workers" flag: strconv.ParseInt: parsing "x": invalid syntax`: `"x" 不能用于选项 "-j, --workers": 应为整数`,
		"document 0a1b (in/a.txt): what is stored of the document is damaged: its checksum is another": "文件 0a1b(in/a.txt): 库里这份文件已损坏: 校验和不符",
		"没有指标 \"x\";是不是 y?":                                                                            "没有指标 \"x\";是不是 y?",
		"strange: something that nobody has translated":                                                "strange: something that nobody has translated",
	} {
		if got := Lang(true).Message(en); got != zh {
			t.Errorf("%s\n%s, want\n%s", en, got, zh)
		}
		if got := Lang(false).Message(en); got != en {
			t.Errorf("%s: in English %s", en, got)
		}
	}
}

// Whatever readers, the corpus, the index and the commands say is told in Chinese too.
func TestMessagesAreComplete(t *testing.T) {
	said := 0
	for _, dir := range []string{"../../../corpus", "../../../index", "../../../extract", "../../../schema", "../table", "../coding", "../ingest", "../panel", ".."} {
		err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case e.IsDir() && (e.Name() == "testdata" || dir == ".." && path != ".."):
				return filepath.SkipDir
			case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
				return nil
			}
			for _, text := range spoken(t, path) {
				said++
				if rest := english(text); rest != "" {
					t.Errorf("%s: %q: no Chinese of %q", path, text, rest)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if said < 200 {
		t.Errorf("only %d messages were found", said)
	}
}

// spoken are the texts of errors and warnings in a file.
func spoken(t *testing.T, path string) (list []string) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	take := func(e ast.Expr) {
		if call, ok := e.(*ast.CallExpr); ok && len(call.Args) > 0 { // fmt.Sprintf
			e = call.Args[0]
		}
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			s, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, s)
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		switch f := call.Fun.(type) {
		case *ast.SelectorExpr:
			if f.Sel.Name == "Left" && len(call.Args) == 2 { // of a draft
				take(call.Args[1])
			}
			if x, ok := f.X.(*ast.Ident); ok && (x.Name == "errors" && f.Sel.Name == "New" || x.Name == "fmt" && f.Sel.Name == "Errorf") {
				if lit, ok := call.Args[0].(*ast.BasicLit); ok {
					take(lit)
				}
			}
		case *ast.Ident:
			if to, ok := call.Args[0].(*ast.SelectorExpr); ok && f.Name == "append" && strings.EqualFold(to.Sel.Name, "warnings") {
				for _, arg := range call.Args[1:] {
					take(arg)
				}
			}
		}
		return true
	})
	return list
}

var verbs = regexp.MustCompile(`%[-+#.0-9]*[a-zA-Z]`)

// english is a part of a message of several words that stays English; names and formats
// may.
func english(text string) string {
	told := Lang(true).Message(verbs.ReplaceAllString(text, "7"))
	for _, line := range strings.Split(told, "\n") {
		parts, _ := split(line)
		for _, p := range parts {
			words := strings.FieldsFunc(p, func(r rune) bool { return !unicode.IsLetter(r) })
			han := strings.ContainsFunc(p, func(r rune) bool { return unicode.Is(unicode.Han, r) })
			if len(words) > 1 && !han {
				return p
			}
		}
	}
	return ""
}
