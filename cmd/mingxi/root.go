package main

// This file builds the root command and turns errors into exit codes.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"mingxi/corpus"
)

// The exit codes.
const (
	exitOK          = 0
	exitFailure     = 1
	exitUsage       = 2
	exitPartial     = 3 // finished, but some documents failed
	exitContradicts = 4 // audit --strict found a relation that does not hold
	exitInterrupted = 130
)

// errPartial ends a command that did its work but for some documents. They have
// been named on stderr already.
var errPartial = errors.New("some documents failed")

// errFailed ends a command that failed and has said why.
var errFailed = errors.New("failed")

// A usageError is a wrong use that only shows after the flags are parsed.
type usageError struct{ error }

func rootCommand(p *program) *cobra.Command {
	root := p.command("mingxi",
		p.text("read the figures of Chinese work reports", "读出中文工作报告里的数字"),
		p.text(`Mingxi reads Chinese work reports and turns their figures into data: one row
per figure, with what it measures, its value and unit, its period, its place
and the sentence that it stands in.`,
			`明细(mingxi)读中文工作报告,把其中的数字变成数据:一个数字一行,写明它是什么
指标、数值和单位、时期、地区,以及它所在的原句。`),
		`
  mingxi extract report.txt > figures.csv
  mingxi extract reports/ -o figures.xlsx
  mingxi show report.pdf
  mingxi explain report.pdf#12
  mingxi audit report.docx
  mingxi ingest reports/ -c corpus.mx
  mingxi search "城市低保" -c corpus.mx --figures`)
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetIn(p.in)
	root.SetOut(&p.help)
	root.Version = version()
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetErr(p.err)
	root.SetUsageTemplate(p.text(usageEN, usageZH))
	root.SetHelpTemplate(helpTemplate)
	root.PersistentPreRunE = func(c *cobra.Command, args []string) error {
		err := cmp.Or(p.checkFlags(c), p.keepsInputs(c, args))
		if err == nil && c.Flag("indicators") != nil {
			p.lists, err = p.indicators()
		}
		if p.running = err == nil; p.running {
			err = p.words.load()
		}
		return err
	}
	flags := root.PersistentFlags()
	flags.BoolVarP(&p.quiet, "quiet", "q", false, p.text("no summaries and no progress", "不显示进度和小结"))
	flags.IntVarP(&p.workers, "workers", "j", 0, p.text("documents read at a time (0: one per CPU)", "同时读几份文件(0:每个处理器一份)"))
	flags.String("lang", "", p.text("language of messages: en or zh (default: by locale)", "提示语言:en 或 zh(默认随系统)"))
	for _, build := range commands {
		c := build(p)
		root.AddCommand(c)
		c.Args = p.usage(c.Args)
		p.onceFlag(c.Flag("corpus"))
	}
	completeShared(root)
	p.translate(root)
	return root
}

// checkFlags refuses flags that exclude each other and values that no flag has.
func (p *program) checkFlags(c *cobra.Command) error {
	if err := c.ValidateFlagGroups(); err != nil {
		_, set, _ := strings.Cut(err.Error(), "; [") // … [output json table] …; [json table] were all set
		set, _, _ = strings.Cut(set, "]")
		return fmt.Errorf(p.text("only one of these at a time: --%s", "只能用其中一个:--%s"), strings.ReplaceAll(set, " ", ", --"))
	}
	lang, engine := c.Flag("lang").Value.String(), p.reading.PDF.Engine
	switch {
	case lang != "" && !slices.ContainsFunc(languages(), func(l string) bool { return strings.HasPrefix(lang, l) }):
		return fmt.Errorf(p.text("unknown language %q: want en or zh", "不认识的语言 %q:应为 en 或 zh"), lang)
	case (&corpus.SourceOptions{Include: p.include, Exclude: p.exclude}).BadPattern() != "":
		return fmt.Errorf(p.text("%q is no pattern: want one like *.docx", "%q 不是文件名模式:应如 *.docx"), (&corpus.SourceOptions{Include: p.include, Exclude: p.exclude}).BadPattern())
	case p.workers < 0:
		return errors.New(p.text("--workers cannot be negative", "--workers 不能是负数"))
	case engine != "" && !slices.Contains(corpus.PDFEngines(), engine):
		return fmt.Errorf(p.text("unknown engine %q: want own, pdfium or ledongthuc", "不认识的引擎 %q:应为 own、pdfium 或 ledongthuc"), engine)
	}
	return nil
}

// usage says what arguments a command wants where it has others.
func (p *program) usage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if check(c, args) == nil {
			return nil
		}
		return fmt.Errorf(p.text("usage: %s", "用法:%s"), c.UseLine())
	}
}

// commands is the registry: one line per command.
var commands = []func(*program) *cobra.Command{
	extractCommand,
	showCommand,
	explainCommand,
	factsCommand,
	auditCommand,
	ingestCommand,
	planCommand,
	submitCommand,
	mergeCommand,
	exportCommand,
	statsCommand,
	verifyCommand,
	reindexCommand,
	reextractCommand,
	moveCommand,
	forgetCommand,
	searchCommand,
	serveCommand,
	indicatorsCommand,
	panelCommand,
	wordsCommand,
	evalCommand,
	sampleCommand,
	versionCommand,
}

// translate gives cobra's own commands and flags their Chinese.
func (p *program) translate(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultVersionFlag() // now: what is not known when a command is looked for is taken to have a value
	root.Flags().Lookup("version").Usage = p.text("version of the program", "程序版本")
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		c.InitDefaultHelpFlag()
		c.Flags().Lookup("help").Usage = p.text("help for this command", "本命令的帮助")
		switch c.Name() {
		case "help":
			c.Short = p.text("help about a command", "某个命令的帮助")
		case "completion":
			c.Short = p.text("completion script for a shell", "生成命令行补全脚本")
			p.translateCompletion(c)
		}
	}
	root.InitDefaultHelpFlag()
	root.Flags().Lookup("help").Usage = p.text("help for mingxi", "mingxi 的帮助")
}

// loading is what makes a shell complete mingxi: in this session, and in every new one.
var loading = map[string]struct{ now, always string }{
	"bash":       {"source <(mingxi completion bash)", "mingxi completion bash > ~/.local/share/bash-completion/completions/mingxi"},
	"zsh":        {"source <(mingxi completion zsh)", `mingxi completion zsh > "${fpath[1]}/_mingxi"`},
	"fish":       {"mingxi completion fish | source", "mingxi completion fish > ~/.config/fish/completions/mingxi.fish"},
	"powershell": {"mingxi completion powershell | Out-String | Invoke-Expression", "mingxi completion powershell >> $PROFILE"},
}

// translateCompletion gives the completion command its help in both languages.
func (p *program) translateCompletion(c *cobra.Command) {
	c.Long = p.text("Completion prints a script that lets a shell complete the commands and flags of\nmingxi; 'mingxi completion SHELL --help' tells how to load it.",
		"completion 输出脚本,让命令行能补全 mingxi 的命令和选项;怎样装入见\n“mingxi completion SHELL --help”。")
	c.Use, c.DisableFlagsInUseLine = "completion SHELL", true
	for _, shell := range c.Commands() {
		name := shell.Name()
		l := loading[name]
		shell.Short = p.text("script for "+name, name+" 的脚本")
		shell.Long = fmt.Sprintf(p.text("The script that completes mingxi in %s. For this session:\n\n  %s\n\nFor every new one:\n\n  %s", "在 %s 中补全 mingxi 的脚本。用于当前会话:\n\n  %s\n\n用于以后的每个会话:\n\n  %s"), name, l.now, l.always)
		shell.InitDefaultHelpFlag()
		shell.Flags().Lookup("help").Usage = p.text("help for this command", "本命令的帮助")
		shell.Flags().Lookup("no-descriptions").Usage = p.text("without what each completion means", "补全时不显示说明")
	}
	c.RunE = func(c *cobra.Command, _ []string) error { return c.Help() } // with c.Args: an unknown shell is a mistake
}

// badNumber is what Go says of a flag's number that is none.
var badNumber = regexp.MustCompile(`strconv\.Parse(?:Int|Uint): parsing .*`)

// execute runs the command line and answers with the exit code.
func execute(ctx context.Context, p *program, args []string) int {
	root := rootCommand(p)
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	var usage usageError
	switch {
	case err == nil && p.help.err != nil && !errors.Is(p.help.err, syscall.EPIPE):
		p.say("%v", p.help.err)
		return exitFailure
	case err == nil, errors.Is(err, syscall.EPIPE):
		return exitOK
	case errors.Is(err, errPartial):
		return exitPartial
	case errors.Is(err, errContradicts):
		return exitContradicts
	case errors.Is(err, errFailed):
		return exitFailure
	case ctx.Err() != nil:
		p.say("%s", p.text("interrupted", "已中断"))
		return exitInterrupted
	case !p.running || errors.As(err, &usage):
		p.say("%s", badNumber.ReplaceAllString(err.Error(), p.text("want a whole number, such as 2020", "应为整数,如 2020")))
		fmt.Fprintf(p.err, p.text("try '%s --help'\n", "请看 '%s --help'\n"), cmd.CommandPath())
		return exitUsage
	}
	p.say("%v", err)
	return exitFailure
}

const helpTemplate = `{{with or .Long .Short}}{{. | trimTrailingWhitespaces}}

{{end}}{{.UsageString}}`

const usageEN = `{{if .HasExample}}Examples:
{{.Example}}

{{end}}Usage:
  {{if .Runnable}}{{.UseLine}}{{else}}{{.CommandPath}} COMMAND{{end}}
{{if .HasAvailableSubCommands}}
Commands:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}
{{end}}{{if .HasAvailableLocalFlags}}
Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableInheritedFlags}}
Flags of every command:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}{{if not .HasParent}}
Exit codes: 0 all well, 1 failure, 2 wrong use, 3 finished but some documents
failed (listed with their reasons), 4 contradictions in audit --strict,
130 interrupted.
{{end}}`

const usageZH = `{{if .HasExample}}例子:
{{.Example}}

{{end}}用法:
  {{if .Runnable}}{{.UseLine}}{{else}}{{.CommandPath}} 命令{{end}}
{{if .HasAvailableSubCommands}}
命令:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}
{{end}}{{if .HasAvailableLocalFlags}}
选项:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableInheritedFlags}}
通用选项:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}{{if not .HasParent}}
退出码:0 全部成功,1 失败,2 用法不对,3 已完成但有文件失败(逐一列出原因),
4 audit --strict 发现矛盾,130 被中断。
{{end}}`
