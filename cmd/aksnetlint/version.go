package main

import (
	"fmt"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"

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
	info, _ := debug.ReadBuildInfo()
	return fmt.Sprintf("aksnetlint %s, %s %s/%s", buildText(version, info), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// buildText says which version this is and which commit it was built from, as far
// as the build knew: go install of a released version knows the version, a build
// in a checkout the commit, a release both.
func buildText(version string, info *debug.BuildInfo) string {
	if info == nil {
		info = &debug.BuildInfo{}
	}
	if version == "" {
		version = info.Main.Version
	}
	if version == "" || version == "(devel)" {
		version = "development build"
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	text := version
	if commit := settings["vcs.revision"]; commit != "" {
		text += ", commit " + commit
		if day, _, ok := strings.Cut(settings["vcs.time"], "T"); ok {
			text += " of " + day
		}
		if settings["vcs.modified"] == "true" {
			text += " with changes"
		}
	}
	return text
}

// releaseOf is the version of a release without its "v", as the release build or go
// install knows it; empty for a build from a checkout.
func releaseOf(version string) string {
	if info, ok := debug.ReadBuildInfo(); ok && version == "" {
		version = info.Main.Version
	}
	return plainVersion(version)
}

// plainVersion is a semantic version without its "v"; empty for what is none, and
// for the version that Go makes up for a commit, which ends in a time and a hash.
func plainVersion(version string) string {
	number, ok := strings.CutPrefix(version, "v")
	made := regexp.MustCompile(`[-.][0-9]{14}-[0-9a-f]{12}$`)
	if !ok || !regexp.MustCompile(`^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$`).MatchString(number) || made.MatchString(number) {
		return ""
	}
	return number
}
