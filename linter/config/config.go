// Package config reads the configuration file .aksnetlint.yaml, strictly:
// what it does not know is an error with its place.
package config

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

//go:generate go run ../../internal/docs ../../docs

// FileName is the name of the configuration file.
const FileName = ".aksnetlint.yaml"

// Config is what a configuration file says; schema.json describes each member.
type Config struct {
	// Dir is the folder of the file: paths in it are relative to it.
	Dir string `json:"-"`
	// Path is the file's own path.
	Path string `json:"-"`

	Severity       map[string]string         `json:"severity"`
	Params         map[string]map[string]any `json:"params"`
	Overrides      []Override                `json:"overrides"`
	Exclude        []string                  `json:"exclude"`
	Ignore         []Ignore                  `json:"ignore"`
	ParameterFiles map[string][]string       `json:"parameter-files"`
	Parameters     map[string]any            `json:"parameters"`
	Facts          []string                  `json:"facts"`
	Clusters       map[string][]string       `json:"clusters"`
	Rules          []string                  `json:"rules"`
	Baseline       string                    `json:"baseline"`
	FailOn         string                    `json:"fail-on"`
	Target         Target                    `json:"target"`
	Settings       Settings                  `json:"settings"`

	root *source.Node
	file *source.File
}

// Override gives rules another severity for some paths.
type Override struct {
	Paths    []string          `json:"paths"`
	Severity map[string]string `json:"severity"`
}

// Ignore accepts findings.
type Ignore struct {
	Rule     string   `json:"rule"`
	Paths    []string `json:"paths"`
	Resource string   `json:"resource"`
	Reason   string   `json:"reason"`
}

// Target is where templates are deployed.
type Target struct {
	Subscription  string `json:"subscription"`
	ResourceGroup string `json:"resource-group"`
	Location      string `json:"location"`
	Tenant        string `json:"tenant"`
}

// Settings are facts about the environment that rules use.
type Settings struct {
	AsOf              string   `json:"as-of"`
	KubernetesVersion string   `json:"kubernetes-version"`
	IPModel           string   `json:"ip-model"`
	OnPremCIDRs       []string `json:"onprem-cidrs"`
	FirstDeployOnly   bool     `json:"first-deploy-only"`
}

// Schema is the JSON Schema of the file, for editors and the reference.
//
//go:embed schema.json
var Schema []byte

// maxSize bounds the file in bytes.
const maxSize = 1 << 20

// Find looks for the file in a folder and above it, up to the root of the
// repository (the folder that holds .git) and no further. It returns "" where there is
// none.
func Find(from string) (string, error) {
	dir, err := filepath.Abs(from)
	if err != nil {
		return "", fmt.Errorf("looking for %s: %w", FileName, err)
	}
	for {
		candidate := filepath.Join(dir, FileName)
		if info, err := os.Lstat(candidate); err == nil && info.Mode().IsRegular() {
			return shown(candidate, from), nil
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("looking for %s: %w", FileName, err)
		}
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return "", nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", nil
		}
		dir = parent
	}
}

// shown is a path as the user would write it: relative where the start was.
func shown(path, from string) string {
	if filepath.IsAbs(from) {
		return path
	}
	here, err := filepath.Abs(".")
	if err != nil {
		return path
	}
	relative, err := filepath.Rel(here, path)
	if err != nil {
		return path
	}
	return relative
}

// Read reads and checks a configuration file. The error names the place of each
// problem.
func Read(ctx context.Context, path string) (*Config, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	if !info.Mode().IsRegular() || info.Size() > maxSize {
		return nil, fmt.Errorf("reading the configuration: %s is not a regular file of at most %d KiB", path, maxSize>>10)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	c, err := Parse(ctx, filepath.ToSlash(path), text)
	if err != nil {
		return nil, err
	}
	c.Dir = filepath.Dir(path)
	return c, nil
}

// Parse reads a configuration from text; name stands for the file in errors.
func Parse(ctx context.Context, name string, text []byte) (*Config, error) {
	file := source.NewFile(name, text)
	docs, problems := source.Parse(ctx, file, source.YAML, source.DefaultLimits())
	if len(problems) > 0 {
		return nil, fmt.Errorf("reading the configuration: %w", problems[0])
	}
	c := &Config{Path: name, file: file}
	if len(docs) == 0 {
		return c, nil
	}
	if len(docs) > 1 {
		return nil, fmt.Errorf("reading the configuration: %s holds several documents", name)
	}
	c.root = docs[0].Root
	var s schema
	if err := json.Unmarshal(Schema, &s); err != nil {
		return nil, fmt.Errorf("reading the schema of the configuration: %w", err)
	}
	if err := errors.Join(check(file, c.root, &s, "")...); err != nil {
		return nil, err
	}
	plain, err := json.Marshal(withWords(c.root.Any(), &s))
	if err != nil {
		return nil, fmt.Errorf("reading the configuration %s: %w", name, err)
	}
	if err := json.Unmarshal(plain, c); err != nil {
		return nil, fmt.Errorf("reading the configuration %s: %w", name, err)
	}
	return c, nil
}

// Spot is a place in the configuration file.
type Spot struct {
	File *source.File
	Span source.Span
}

// PlaceSpan is where a member stands, or what exists of the path to it.
func (c *Config) PlaceSpan(path ...any) Spot {
	if c.root == nil {
		return Spot{File: c.file}
	}
	node, field, _ := c.root.Locate(path, false)
	span := node.Span
	if field != nil {
		span = field.NameSpan
	}
	return Spot{File: c.file, Span: span}
}

// Place returns file:line:col of a member, for errors about what it says.
func (c *Config) Place(path ...any) string {
	spot := c.PlaceSpan(path...)
	at := spot.File.Position(spot.Span.Start)
	return fmt.Sprintf("%s:%d:%d", c.Path, at.Line, at.Column)
}
