package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is set by the release build: -ldflags "-X main.version=…".
var version = "development"

// commit is set likewise where the build cannot see the repository.
var commit = ""

// versionCommand is `site version`.
type versionCommand struct{}

// Run prints version, commit and Go version.
func (c *versionCommand) Run(w *world) error {
	at := commit
	if info, ok := debug.ReadBuildInfo(); ok && at == "" {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				at = s.Value
			}
		}
	}
	if at == "" {
		at = "unknown"
	}
	_, err := fmt.Fprintf(w.stdout, "site %s, commit %s, %s\n", version, at, runtime.Version())
	return err
}
