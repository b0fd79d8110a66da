// Package corpus makes the inputs of the benchmarks: Kubernetes manifests and
// ARM templates that are varied, realistic in shape and the same on every machine.
package corpus

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// Seed makes the corpora that docs/performance.md has figures for.
const Seed = 1

// File is a file of a corpus, its path below the folder of the corpus and with slashes.
type File struct {
	Path string
	Text []byte
}

// Corpus is a set of files. File makes the one at an index; it depends on
// nothing but the seed and the index, so that a smaller corpus of manifests is the
// beginning of a larger one.
type Corpus struct {
	Name  string
	Files int
	File  func(seed uint64, index int) File
}

// All lists the corpora, smallest first.
var All = []Corpus{
	{"tiny", 1, tiny},
	{"k8s-100", 100, Manifest},
	{"k8s-1000", 1_000, Manifest},
	{"k8s-10000", 10_000, Manifest},
	{"arm-100", 100, Template},
}

// Find is the corpus with the name.
func Find(name string) (Corpus, bool) {
	for _, c := range All {
		if c.Name == name {
			return c, true
		}
	}
	return Corpus{}, false
}

// Write makes the files of the corpus in the folder, which it creates, and says
// how many bytes they have together.
func (c Corpus) Write(ctx context.Context, dir string, seed uint64) (int64, error) {
	size := int64(0)
	for i := range c.Files {
		if err := ctx.Err(); err != nil {
			return size, fmt.Errorf("writing corpus %s: %w", c.Name, err)
		}
		file := c.File(seed, i)
		path := filepath.Join(dir, filepath.FromSlash(file.Path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return size, fmt.Errorf("writing corpus %s: %w", c.Name, err)
		}
		if err := os.WriteFile(path, file.Text, 0o644); err != nil {
			return size, fmt.Errorf("writing corpus %s: %w", c.Name, err)
		}
		size += int64(len(file.Text))
	}
	return size, nil
}

// tiny is the smallest input there is a finding for: one public load balancer.
func tiny(uint64, int) File {
	return File{"service.yaml", []byte(`apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - name: https
      port: 443
      targetPort: 8443
`)}
}
