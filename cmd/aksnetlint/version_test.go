package main

import (
	"runtime/debug"
	"testing"
)

func TestBuildText(t *testing.T) {
	checkout := []debug.BuildSetting{
		{Key: "vcs.revision", Value: "4f2a"}, {Key: "vcs.time", Value: "2026-03-01T10:00:00Z"}, {Key: "vcs.modified", Value: "false"},
	}
	changed := append(append([]debug.BuildSetting{}, checkout[:2]...), debug.BuildSetting{Key: "vcs.modified", Value: "true"})
	for _, test := range []struct {
		name, version string
		info          *debug.BuildInfo
		want          string
	}{
		{"nothing known", "", nil, "development build"},
		{"go run", "", &debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}, "development build"},
		{"go install", "", &debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}}, "v1.2.3"},
		{"release", "v1.2.3", &debug.BuildInfo{Main: debug.Module{Version: "(devel)"}, Settings: checkout}, "v1.2.3, commit 4f2a of 2026-03-01"},
		{"checkout", "", &debug.BuildInfo{Settings: changed}, "development build, commit 4f2a of 2026-03-01 with changes"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := buildText(test.version, test.info); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestPlainVersion(t *testing.T) {
	for version, want := range map[string]string{
		"":                                     "",
		"(devel)":                              "",
		"v1.2.3":                               "1.2.3",
		"v1.2.3-rc.1":                          "1.2.3-rc.1",
		"v1.2":                                 "",
		"v0.0.0-20260102030405-0123456789ab":   "",
		"v1.2.4-0.20260102030405-0123456789ab": "",
		"v1.2.3+dirty":                         "",
	} {
		if got := plainVersion(version); got != want {
			t.Errorf("%q: got %q, want %q", version, got, want)
		}
	}
}
