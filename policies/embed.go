package policies

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed */*.rego schema/*.json
var files embed.FS

// packs holds what go generate has written.
//
//go:embed pack
var packs embed.FS

// Pack holds Modules compiled, as engine.WritePack writes them; "" where the
// program was built without. It may have been made of other modules than these.
func Pack() string {
	file, err := packs.Open("pack/rules.pack")
	if err != nil {
		return ""
	}
	// The tree is embedded: reading and closing cannot fail.
	defer func() { _ = file.Close() }()
	var text strings.Builder
	if info, err := file.Stat(); err == nil {
		text.Grow(int(info.Size()))
	}
	_, _ = io.Copy(&text, file)
	return text.String()
}

// Module is one built-in Rego file.
type Module struct {
	// Path is the file's path below this folder, with slashes.
	Path string
	Text []byte
}

// Modules are the built-in rules and libraries by path, without their tests.
func Modules() []Module {
	var list []Module
	for _, path := range Paths() {
		list = append(list, Module{Path: path, Text: Text(path)})
	}
	return list
}

// Paths are the paths of Modules.
func Paths() []string { return slices.Clone(paths()) }

var paths = sync.OnceValue(func() []string { return pathsIn(files) })

func pathsIn(files fs.FS) []string {
	var list []string
	// The tree is embedded: reading it cannot fail.
	_ = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(name) == ".rego" && !strings.HasSuffix(name, "_test.rego") {
			list = append(list, name)
		}
		return err
	})
	return list
}

// Text is the text of one of Paths, nil for another path.
func Text(path string) []byte {
	text, err := files.ReadFile(path)
	if err != nil {
		return nil
	}
	return text
}

// Sum is a digest of all of Modules. It costs less than reading them.
func Sum() string { return sumOf(files, paths()) }

func sumOf(files fs.FS, paths []string) string {
	sum := sha256.New()
	buffer := make([]byte, 32<<10)
	for _, path := range paths {
		file, err := files.Open(path)
		if err != nil {
			continue
		}
		// Paths and sizes keep the texts apart. Writing to a hash cannot fail.
		size, _ := io.CopyBuffer(sum, file, buffer)
		_, _ = fmt.Fprintf(sum, "\n%s %d\n", path, size)
		_ = file.Close()
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Schemas are the JSON Schemas of input by name: "arm", "kubernetes".
func Schemas() map[string][]byte {
	out := map[string][]byte{}
	entries, _ := files.ReadDir("schema")
	for _, entry := range entries {
		if text, err := files.ReadFile("schema/" + entry.Name()); err == nil {
			out[strings.TrimSuffix(entry.Name(), ".json")] = text
		}
	}
	return out
}

// ARMPropertyNames are the property names of the ARM resources that rules read,
// in their documented spelling, sorted, as listed in schema/arm.json. Templates
// may spell them in any case.
func ARMPropertyNames() []string { return slices.Clone(armPropertyNames()) }

var armPropertyNames = sync.OnceValue(func() []string {
	type schema struct {
		Properties map[string]json.RawMessage `json:"properties"`
		Items      json.RawMessage            `json:"items"`
	}
	seen := map[string]bool{}
	var read func(text []byte)
	read = func(text []byte) {
		var s schema
		if json.Unmarshal(text, &s) != nil {
			return
		}
		for name, sub := range s.Properties {
			seen[name] = true
			read(sub)
		}
		if s.Items != nil {
			read(s.Items)
		}
	}
	var root schema
	_ = json.Unmarshal(Schemas()["arm"], &root)
	read(root.Properties["resource"])
	names := make([]string, 0, len(seen))
	for name := range seen {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
})
