package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeCommands runs each command of README's sh blocks as a reader would,
// in a folder with the files that they name. A command may have findings; one
// that cannot do its job fails.
func TestReadmeCommands(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	dir, bin := readmeFolder(t, root)
	ran := 0
	for _, line := range shellLines(string(readme)) {
		// These need the network, or run the tests that run this test.
		if strings.HasPrefix(line, "go install") || strings.HasPrefix(line, "go test") {
			continue
		}
		cmd := exec.Command("sh", "-c", line)
		cmd.Dir = dir
		if strings.HasPrefix(line, "go run") {
			cmd.Dir = root
		}
		cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if errors.As(err, &exit) && exit.ExitCode() == exitFindings {
			err = nil
		}
		if err != nil {
			t.Errorf("%s: %v\n%s", line, err, out)
		}
		ran++
	}
	if ran < 10 {
		t.Errorf("README shows %d commands that can be run, want at least 10", ran)
	}
}

var shellBlock = regexp.MustCompile("(?s)```sh\n(.*?)```")

// shellLines are the commands of the sh blocks, without their comments.
func shellLines(markdown string) []string {
	var lines []string
	for _, block := range shellBlock.FindAllStringSubmatch(markdown, -1) {
		for line := range strings.Lines(block[1]) {
			line, _, _ = strings.Cut(line, " #")
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// readmeFolder holds the files that README's commands name, and a folder with
// the program and a stand-in for the Azure CLI.
func readmeFolder(t *testing.T, root string) (dir, bin string) {
	t.Helper()
	dir, bin = t.TempDir(), t.TempDir()
	build := exec.Command("go", "build", "-o", filepath.Join(bin, "aksnetlint"), ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(root, "testdata", "demo", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	cluster := `{"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/shop", "name": "shop",
  "type": "Microsoft.ContainerService/ManagedClusters", "networkProfile": {"networkPlugin": "azure"}, "agentPoolProfiles": []}`
	files := map[string]string{
		"service.yaml":                read("service.yaml"),
		"deploy/service.yaml":         read("service.yaml"),
		"infra/main.json":             read("cluster.json"),
		"prod.parameters.json":        `{"parameters": {"maxNodes": {"value": 5}}}`,
		"network.json":                `{"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v", "name": "v", "type": "Microsoft.Network/virtualNetworks", "subnets": []}`,
		filepath.Join(".git", "HEAD"): "ref: refs/heads/main\n",
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	az := "#!/bin/sh\ncat <<'EOF'\n" + cluster + "\nEOF\n"
	if err := os.WriteFile(filepath.Join(bin, "az"), []byte(az), 0o755); err != nil {
		t.Fatal(err)
	}
	return dir, bin
}
