package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by the release build (-ldflags -X main.version=...); other builds
// read theirs from the build information.
var version string

func (c *command) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version, the commit and the Go release",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(c.stdout, versionText())
			return err
		},
	}
}

func versionText() string {
	text, commit := version, ""
	if info, ok := debug.ReadBuildInfo(); ok {
		if text == "" {
			text = info.Main.Version
		}
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				commit = ", commit " + setting.Value
			}
		}
	}
	if text == "" || text == "(devel)" {
		text = "development build"
	}
	return fmt.Sprintf("aksnetlint %s%s, %s %s/%s", text, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
