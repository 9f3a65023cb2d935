// Command site is the whole newspaper: `site help` explains it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // zones on machines that have none

	"github.com/alecthomas/kong"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(run(ctx, os.Args[1:], os.Environ(), os.Stdin, os.Stdout, os.Stderr))
}

// cli is the command line: one field for each command, each in its own file.
type cli struct {
	Demo    demoCommand    `cmd:"" help:"Run a complete demo newspaper from a folder."`
	Serve   serveCommand   `cmd:"" help:"Run the site."`
	Check   checkCommand   `cmd:"" help:"Check the settings and what they lead to, without starting."`
	Migrate migrateCommand `cmd:"" help:"Bring the database up to date (serve does it too)."`
	Member  memberCommand  `cmd:"" help:"Add a member, change a role or a password, suspend, end log-ins."`
	Import  importCommand  `cmd:"" help:"Import another system's articles."`
	Routes  routesCommand  `cmd:"" help:"Print every address the site answers, with its limits."`
	Health  healthCommand  `cmd:"" help:"Ask a running site whether it is ready; exit 1 if not (for containers)."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

// world is what a command may touch besides its settings.
type world struct {
	ctx    context.Context
	env    []string
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
}

// A faultsError lists everything that is wrong at once.
type faultsError []string

func (e faultsError) Error() string { return strings.Join(e, "\n") }

// run is main without globals: it returns the exit code. 2 means that the
// command line is wrong, 1 that the command failed.
func run(ctx context.Context, args, env []string, stdin io.Reader, stdout, stderr io.Writer) int {
	// help is a command here; kong knows it as a flag.
	if len(args) == 0 || args[0] == "help" {
		args = append(args[min(1, len(args)):], "--help")
	}
	settings, err := environment(env)
	if err != nil {
		fmt.Fprintln(stderr, "site:", err)
		return 2
	}
	var c cli
	exited := false
	parser, err := kong.New(&c,
		kong.Name("site"),
		kong.Description("A newspaper with member comments as one program. Settings come from a flag, then from the environment, then from the default."),
		kong.Writers(stdout, stderr),
		kong.Resolvers(settings),
		kong.Exit(func(int) { exited = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		fmt.Fprintln(stderr, "site:", err)
		return 2
	}
	parsed, err := parser.Parse(args)
	if exited { // help was printed
		return 0
	}
	if err != nil {
		fmt.Fprintf(stderr, "site: %s; see site help\n", err)
		return 2
	}
	err = parsed.Run(&world{ctx: ctx, env: env, stdin: stdin, stdout: stdout, stderr: stderr})
	var faults faultsError
	switch {
	case errors.As(err, &faults):
		for _, f := range faults {
			fmt.Fprintln(stderr, "site:", f)
		}
		return 1
	case err != nil:
		fmt.Fprintln(stderr, "site:", err)
		return 1
	}
	return 0
}
