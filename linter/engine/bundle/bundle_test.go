package bundle

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/aksnetlint/aksnetlint/linter/engine"
)

var parts = Parts{
	Modules: []engine.Module{{Path: "net/owner.rego", Text: []byte(`package aksnetlint.rules["owner"]

import data.aksnetlint.lib.words

deny contains {"path": [], "message": words.hello} if input.resource.kind == data.params.owner.kind
`)}},
	Libraries: []engine.Module{{Path: "lib/words.rego", Text: []byte("package aksnetlint.lib.words\n\nhello := \"hello\"\n")}},
	Params:    map[string]any{"owner": map[string]any{"kind": "Service"}},
}

func packed(t *testing.T, p Parts) (path string, text []byte) {
	t.Helper()
	var b bytes.Buffer
	if err := p.Build(&b); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "rules.tar.gz")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, b.Bytes()
}

// What Build writes is read back without the libraries, of which the program
// has its own.
func TestRoundTrip(t *testing.T) {
	path, _ := packed(t, parts)
	c, err := Load(context.Background(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Modules) != 1 || c.Modules[0].Path != filepath.ToSlash(path)+"/net/owner.rego" || !bytes.Equal(c.Modules[0].Text, parts.Modules[0].Text) || !c.Modules[0].Custom {
		t.Errorf("modules: %+v", c.Modules)
	}
}

// Plain OPA reads the bundle and comes to the same verdict.
func TestPlainOPA(t *testing.T) {
	path, _ := packed(t, parts)
	results, err := rego.New(
		rego.LoadBundle(path),
		rego.Query(`data.aksnetlint.rules["owner"].deny`),
		rego.Input(map[string]any{"resource": map[string]any{"kind": "Service"}}),
	).Eval(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(results) != 1 || len(results[0].Expressions[0].Value.([]any)) != 1 {
		t.Errorf("plain OPA: %+v", results)
	}
}

func keys(t *testing.T, kind string) (private, public []byte) {
	t.Helper()
	var key any
	var open any
	switch kind {
	case "rsa":
		k, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			t.Fatal(err)
		}
		key, open = k, &k.PublicKey
	default:
		k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		key, open = k, &k.PublicKey
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	pub, err := x509.MarshalPKIXPublicKey(open)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: pub})
}

func TestSignature(t *testing.T) {
	for _, kind := range []string{"rsa", "ecdsa"} {
		t.Run(kind, func(t *testing.T) {
			private, public := keys(t, kind)
			_, other := keys(t, kind)
			signed := parts
			signed.Key = private
			path, _ := packed(t, signed)
			if c, err := Load(context.Background(), path, Options{Key: public}); err != nil || len(c.Modules) != 1 {
				t.Errorf("a signed bundle: %v", err)
			}
			if _, err := Load(context.Background(), path, Options{Key: other}); err == nil {
				t.Error("a bundle that another key has signed is taken")
			}
			unsigned, _ := packed(t, parts)
			if _, err := Load(context.Background(), unsigned, Options{Key: public}); err == nil {
				t.Error("a bundle without a signature is taken")
			}
			if _, err := Load(context.Background(), path, Options{Key: []byte("no key")}); err == nil {
				t.Error("a file that is no key is taken")
			}
		})
	}
}

// A bundle whose text was changed after it was signed is refused.
func TestTampered(t *testing.T) {
	private, public := keys(t, "ecdsa")
	signed := parts
	signed.Key = private
	path, _ := packed(t, signed)
	b, err := bundle.NewCustomReader(bundle.NewTarballLoaderWithBaseURL(open(t, path), "")).WithSkipBundleVerification(true).Read()
	if err != nil {
		t.Fatal(err)
	}
	for i := range b.Modules {
		b.Modules[i].Raw = append(b.Modules[i].Raw, "\n# changed\n"...)
	}
	var out bytes.Buffer
	if err := bundle.NewWriter(&out).UseModulePath(true).DisableFormat(true).Write(b); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(context.Background(), path, Options{Key: public}); err == nil {
		t.Error("a changed bundle is taken")
	}
}

func open(t *testing.T, path string) *os.File {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// What unpacks to more than the bound, or is no bundle, is refused.
func TestHostile(t *testing.T) {
	var bomb bytes.Buffer
	zip := gzip.NewWriter(&bomb)
	archive := tar.NewWriter(zip)
	zeros := make([]byte, maxTotalSize+1)
	if err := archive.WriteHeader(&tar.Header{Name: "a.rego", Mode: 0o600, Size: int64(len(zeros))}); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.Write(zeros); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"bomb": bomb.Bytes(), "no gzip": []byte("text"), "empty": {}} {
		path := filepath.Join(t.TempDir(), "rules.tar.gz")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(context.Background(), path, Options{}); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// Hidden folders are not read; a rule that is a link is an error, not left out.
func TestFolder(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	for path, text := range map[string]string{
		filepath.Join(outside, "out.rego"):        "package out\n",
		filepath.Join(dir, "a.rego"):              "package a\n",
		filepath.Join(dir, "a_test.rego"):         "package a_test\n",
		filepath.Join(dir, ".hidden", "b.rego"):   "package b\n",
		filepath.Join(dir, "sub", "notes.txt"):    "text\n",
		filepath.Join(dir, "sub", "c.rego"):       "package c\n",
		filepath.Join(dir, "sub", "big", "d.txt"): "",
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(outside, "out.rego"), filepath.Join(dir, "link.rego")); err != nil {
		t.Skipf("no links here: %v", err)
	}
	if _, err := Load(context.Background(), dir, Options{}); err == nil || !strings.Contains(err.Error(), "link.rego is no regular file") {
		t.Errorf("a folder with a link gives %v", err)
	}
	if err := os.Remove(filepath.Join(dir, "link.rego")); err != nil {
		t.Fatal(err)
	}
	c, err := Load(context.Background(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Modules) != 2 || len(c.Tests) != 1 {
		t.Errorf("modules %+v, tests %+v", c.Modules, c.Tests)
	}
}
