package linter_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/config"
)

// hostileConfig is one class of configuration file that reaches for what is
// not below its folder.
type hostileConfig struct {
	name string
	text string
	// want is in the error of the run.
	want string
}

const leadsOut = "leads out of the folder of the configuration"

func hostileConfigs() []hostileConfig {
	return []hostileConfig{
		{"rules above its folder", "rules: [../outside]\n", `.aksnetlint.yaml:1:9: "../outside" ` + leadsOut},
		{"rules by absolute path", "rules: [/etc]\n", `"/etc" ` + leadsOut},
		{"rules to be fetched", "rules: ['https://example.com/rules.tar.gz@sha256:0000000000000000000000000000000000000000000000000000000000000000']\n", "no such file or directory"},
		{"rules by a link", "rules: [link]\n", `.aksnetlint.yaml:1:9: "link" ` + leadsOut},
		{"facts above its folder", "facts: [../outside/secret.json]\n", `.aksnetlint.yaml:1:9: "../outside/secret.json" ` + leadsOut},
		{"facts by a link", "facts: [link/secret.json]\n", `.aksnetlint.yaml:1:9: "link/secret.json" ` + leadsOut},
		{"baseline above its folder", "baseline: ../outside/secret.json\n", `"../outside/secret.json" ` + leadsOut},
		{"baseline by a link", "baseline: link/secret.json\n", `"link/secret.json" ` + leadsOut},
		{"parameter file above its folder", "parameter-files: {main.json: [../outside/secret.json]}\n", `"../outside/secret.json" ` + leadsOut},
		{"parameter file by a link", "parameter-files: {main.json: [link/secret.json]}\n", `"link/secret.json" ` + leadsOut},
		{"template above its folder", "parameter-files: {../outside/secret.json: []}\n", `"../outside/secret.json" ` + leadsOut},
		{"unknown key", "run: curl https://example.com\n", `.aksnetlint.yaml:1:1: unknown key "run"`},
		{"alias bomb", aliasBomb(), ".aksnetlint.yaml:18:"},
		{"file of 2 MB", strings.Repeat("# x\n", 1<<19), "is not a regular file of at most 1024 KiB"},
	}
}

// TestHostileConfiguration judges a folder whose configuration comes from a stranger: it
// reads nothing that is not below its folder, and says where it tries.
func TestHostileConfiguration(t *testing.T) {
	for _, c := range hostileConfigs() {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			writeHostile(t, filepath.Join(root, "outside", "secret.json"), `{"id": "outside-the-root"}`)
			repository := filepath.Join(root, "repository")
			writeHostile(t, filepath.Join(repository, "web.yaml"), publicService)
			writeHostile(t, filepath.Join(repository, "main.json"), templateWith(`"resources": []`))
			writeHostile(t, filepath.Join(repository, config.FileName), c.text)
			if err := os.Symlink(filepath.Join("..", "outside"), filepath.Join(repository, "link")); err != nil {
				t.Skip(err)
			}
			t.Chdir(repository)
			err := runConfigured()
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "outside-the-root") {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

// runConfigured judges the current folder with its configuration.
func runConfigured() error {
	c, err := config.Read(context.Background(), config.FileName)
	if err != nil {
		return err
	}
	report, err := linter.Run(context.Background(), linter.Options{Config: c}, ".")
	if err != nil {
		return err
	}
	return errors.Join(report.Err(), errors.New("the configuration was taken as it is"))
}

// TestConfigurationThatIsALink passes over a configuration that is a link.
func TestConfigurationThatIsALink(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "outside.yaml")
	writeHostile(t, outside, "run: outside-the-root\n")
	dir := t.TempDir()
	if err := errors.Join(os.Mkdir(filepath.Join(dir, ".git"), 0o755), os.Symlink(outside, filepath.Join(dir, config.FileName))); err != nil {
		t.Skip(err)
	}
	if found, err := config.Find(dir); found != "" || err != nil {
		t.Errorf("found %q, %v", found, err)
	}
}
