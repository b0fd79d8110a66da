package bundle

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/bundle"
)

// Options say what a source of rules may be.
type Options struct {
	// Key is a PEM public key: bundles and folders must be signed with its
	// private key. Empty asks for no signature.
	Key []byte
	// Fetch allows https:// and oci:// sources, pinned by digest.
	Fetch bool
}

// ErrNoModules says that a source of rules is empty.
var ErrNoModules = errors.New("holds no Rego module")

// keyID names the one key in OPA's configuration of keys.
const keyID = "aksnetlint"

// maxPacked bounds a packed bundle, in bytes.
const maxPacked = 16 << 20

// Load reads the rules of a folder, of an OPA bundle (.tar.gz), or, where the
// options allow it, of a bundle behind https://…@sha256:DIGEST or an artifact of a
// registry behind oci://…@sha256:DIGEST.
func Load(ctx context.Context, source string, opts Options) (Contents, error) {
	c, err := load(ctx, source, opts)
	if err != nil {
		return Contents{}, fmt.Errorf("reading rules: %w", plainError(source, err))
	}
	if len(c.Modules) == 0 {
		return Contents{}, fmt.Errorf("reading rules: %s %w", source, ErrNoModules)
	}
	return c, nil
}

func load(ctx context.Context, source string, opts Options) (Contents, error) {
	if scheme, _, remote := strings.Cut(source, "://"); remote {
		return fetch(ctx, scheme, source, opts)
	}
	info, err := os.Stat(source)
	switch {
	case err != nil:
		return Contents{}, err
	case info.IsDir() && len(opts.Key) > 0:
		return readBundle(bundle.NewDirectoryLoader(source), source, opts)
	case info.IsDir():
		return readFolder(ctx, source)
	case !strings.HasSuffix(source, ".tar.gz") && !strings.HasSuffix(source, ".tgz"):
		return Contents{}, fmt.Errorf("%s is neither a folder nor a bundle (.tar.gz)", source)
	}
	packed, err := readFile(source, maxPacked)
	if err != nil {
		return Contents{}, err
	}
	return readPacked(packed, filepath.ToSlash(filepath.Clean(source)), opts)
}

// readPacked reads a .tar.gz, after measuring what it unpacks to.
func readPacked(packed []byte, name string, opts Options) (Contents, error) {
	unzipped, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return Contents{}, fmt.Errorf("%s: %w", name, err)
	}
	size, err := io.Copy(io.Discard, io.LimitReader(unzipped, maxTotalSize+1))
	switch {
	case err != nil:
		return Contents{}, fmt.Errorf("%s: %w", name, err)
	case size > maxTotalSize:
		return Contents{}, fmt.Errorf("%s unpacks to more than %d MiB", name, maxTotalSize>>20)
	}
	return readBundle(bundle.NewTarballLoaderWithBaseURL(bytes.NewReader(packed), name), name, opts)
}

// readBundle reads a bundle and, where a key is given, verifies its signature.
func readBundle(loader bundle.DirectoryLoader, name string, opts Options) (Contents, error) {
	reader := bundle.NewCustomReader(loader).
		WithSizeLimitBytes(maxFileSize).
		WithSkipBundleVerification(len(opts.Key) == 0)
	if len(opts.Key) > 0 {
		algorithm, err := algorithmOf(opts.Key)
		if err != nil {
			return Contents{}, err
		}
		keys := map[string]*bundle.KeyConfig{keyID: {Key: string(opts.Key), Algorithm: algorithm}}
		reader = reader.WithBundleVerificationConfig(bundle.NewVerificationConfig(keys, keyID, "", nil))
	}
	b, err := reader.Read()
	if err != nil {
		return Contents{}, fmt.Errorf("%s: %w", name, err)
	}
	if len(b.Modules) > maxFiles {
		return Contents{}, fmt.Errorf("%s holds more than %d Rego files", name, maxFiles)
	}
	if len(b.WasmModules) > 0 || len(b.PlanModules) > 0 {
		return Contents{}, errors.New(name + " holds compiled policies: only Rego can be judged by")
	}
	supplied := suppliedBy(b.Manifest)
	var c Contents
	for _, m := range b.Modules {
		if !slices.Contains(supplied, inside("", m.RelativePath)) {
			c.add(inside(name, m.RelativePath), m.Raw)
		}
	}
	return c.sorted()
}

// inside is the path of a file in a bundle, which may lead out of it nowhere.
func inside(name, file string) string {
	file = strings.TrimPrefix(path.Clean("/"+file), "/")
	if name == "" {
		return file
	}
	return strings.TrimSuffix(name, "/") + "/" + file
}

// suppliedBy are the files of a bundle that this program wrote into it so that
// plain OPA can run it: the built-in libraries, of which it has its own.
func suppliedBy(m bundle.Manifest) []string {
	own, _ := m.Metadata[metadataKey].(map[string]any)
	list, _ := own["supplied"].([]any)
	var files []string
	for _, item := range list {
		if file, ok := item.(string); ok {
			files = append(files, file)
		}
	}
	return files
}
