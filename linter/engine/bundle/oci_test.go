package bundle

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// testRegistry serves manifests and blobs of the repository team/rules.
type testRegistry struct {
	*httptest.Server
	content map[string][]byte
	// guarded asks for a token, served asks as whom the answers were given.
	guarded bool
	tokens  int
	realm   string
	moved   map[string]string
}

func digestOf(content []byte) string {
	sum := sha256.Sum256(content)
	return "sha256:" + hex.EncodeToString(sum[:])
}

func newRegistry(t *testing.T) *testRegistry {
	t.Helper()
	r := &testRegistry{content: map[string][]byte{}, moved: map[string]string{}}
	r.Server = httptest.NewTLSServer(r)
	t.Cleanup(r.Close)
	trust(t, r.Server)
	r.realm = r.URL + "/token?fixed=1"
	return r
}

func (r *testRegistry) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	if q.URL.Path == "/token" {
		r.tokens++
		if query := q.URL.Query(); query.Get("fixed") != "1" || query.Get("service") != "tests" || query.Get("scope") != "repository:team/rules:pull" {
			http.Error(w, "want the scope of the challenge", http.StatusBadRequest)
			return
		}
		fmt.Fprint(w, `{"access_token": "open sesame"}`)
		return
	}
	if r.guarded && q.Header.Get("Authorization") != "Bearer open sesame" {
		w.Header().Set("WWW-Authenticate", fmt.Sprintf(`Bearer realm="%s",service="tests",scope="repository:team/rules:pull"`, r.realm))
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if to := r.moved[q.URL.Path]; to != "" {
		http.Redirect(w, q, to, http.StatusTemporaryRedirect)
		return
	}
	content, ok := r.content[q.URL.Path]
	if !ok {
		http.NotFound(w, q)
		return
	}
	_, _ = w.Write(content)
}

// layer stores a blob and describes it.
func (r *testRegistry) layer(mediaType, title string, content []byte) map[string]any {
	digest := digestOf(content)
	r.content["/v2/team/rules/blobs/"+digest] = content
	d := map[string]any{"mediaType": mediaType, "digest": digest, "size": len(content)}
	if title != "" {
		d["annotations"] = map[string]any{titleKey: title}
	}
	return d
}

// push stores a manifest and returns the address of the artifact.
func (r *testRegistry) push(t *testing.T, layers ...map[string]any) string {
	t.Helper()
	return r.pushed(t, map[string]any{"schemaVersion": 2, "mediaType": ociManifest, "layers": layers})
}

func (r *testRegistry) pushed(t *testing.T, manifest map[string]any) string {
	t.Helper()
	text, err := json.Marshal(manifest)
	if err != nil {
		t.Fatal(err)
	}
	digest := digestOf(text)
	r.content["/v2/team/rules/manifests/"+digest] = text
	return r.address() + "@" + digest
}

func (r *testRegistry) address() string {
	return "oci://" + strings.TrimPrefix(r.URL, "https://") + "/team/rules"
}

func pullNow(source string, opts Options) (Contents, error) {
	opts.Fetch = true
	return Load(context.Background(), source, opts)
}

func wantRefused(t *testing.T, source, want string) {
	t.Helper()
	if _, err := pullNow(source, Options{}); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%s: %v, want %q", source, err, want)
	}
}

// A bundle is pulled as one layer, known by its type or by its name.
func TestPullBundle(t *testing.T) {
	_, text := packed(t, parts)
	r := newRegistry(t)
	for name, layer := range map[string]map[string]any{
		"opa":  r.layer(bundleLayer, "", text),
		"oras": r.layer("application/vnd.oci.image.layer.v1.tar", "rules.tar.gz", text),
	} {
		source := r.push(t, layer)
		c, err := pullNow(source, Options{})
		if err != nil || len(c.Modules) != 1 {
			t.Fatalf("%s: %v", name, err)
		}
		if want := source + "/net/owner.rego"; c.Modules[0].Path != want {
			t.Errorf("%s: path %s, want %s", name, c.Modules[0].Path, want)
		}
		tagged := strings.Replace(source, "/rules@", "/rules:v1@", 1)
		if _, err := pullNow(tagged, Options{}); err != nil {
			t.Errorf("%s: a tag beside the digest: %v", name, err)
		}
		if _, err := Load(context.Background(), source, Options{}); err == nil || !strings.Contains(err.Error(), "only with --allow-fetch") {
			t.Errorf("%s: not asked for: %v", name, err)
		}
	}
}

// What conftest pushes are files.
func TestPullFiles(t *testing.T) {
	r := newRegistry(t)
	source := r.push(t,
		r.layer(policyLayer, "policy/b.rego", []byte("package main\n")),
		r.layer(policyLayer, "../../a.rego", []byte("package main\n\nx := 1\n")),
		r.layer(policyLayer, "policy/b_test.rego", []byte("package main_test\n")),
		r.layer("text/plain", "README.md", []byte("text\n")),
	)
	c, err := pullNow(source, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Modules) != 2 || len(c.Tests) != 1 || c.Modules[0].Path != source+"/a.rego" || c.Modules[1].Path != source+"/policy/b.rego" {
		t.Errorf("modules %+v, tests %+v", c.Modules, c.Tests)
	}
	_, public := keys(t, "ecdsa")
	if _, err := pullNow(source, Options{Key: public}); err == nil || !strings.Contains(err.Error(), "which nobody signs") {
		t.Errorf("files without a signature: %v", err)
	}
	wantRefused(t, r.push(t, r.layer(policyLayer, "a.rego", []byte("package a\n")), r.layer(policyLayer, "./a.rego", []byte("package b\n"))), "is there twice")
}

func TestPullSigned(t *testing.T) {
	private, public := keys(t, "ecdsa")
	signed := parts
	signed.Key = private
	_, text := packed(t, signed)
	_, unsigned := packed(t, parts)
	r := newRegistry(t)
	if _, err := pullNow(r.push(t, r.layer(bundleLayer, "", text)), Options{Key: public}); err != nil {
		t.Errorf("a signed bundle: %v", err)
	}
	if _, err := pullNow(r.push(t, r.layer(bundleLayer, "", unsigned)), Options{Key: public}); err == nil {
		t.Error("a bundle without a signature is taken")
	}
}

// Registries hand out tokens for what is public, and send to other servers.
func TestPullToken(t *testing.T) {
	_, text := packed(t, parts)
	r := newRegistry(t)
	r.guarded = true
	layer := r.layer(bundleLayer, "", text)
	source := r.push(t, layer)
	blob := "/v2/team/rules/blobs/" + digestOf(text)
	r.content["/elsewhere"] = text
	r.moved[blob] = r.URL + "/elsewhere"
	if _, err := pullNow(source, Options{}); err != nil {
		t.Error(err)
	}
	if r.tokens != 1 {
		t.Errorf("asked for %d tokens, want 1", r.tokens)
	}
	r.moved[blob] = "http://rules.invalid/blob"
	wantRefused(t, source, "redirected off https")
	r.realm = "http://rules.invalid/token"
	wantRefused(t, source, "is not behind https://")
	r.realm = "://"
	wantRefused(t, source, "is not behind https://")
}

func TestPullRefused(t *testing.T) {
	_, text := packed(t, parts)
	r := newRegistry(t)
	good := r.layer(bundleLayer, "", text)
	source := r.push(t, good)
	wantRefused(t, r.address(), "pin what is fetched by its digest")
	wantRefused(t, r.address()+":v1", "a tag can be moved")
	wantRefused(t, r.address()+"@sha512:"+strings.Repeat("0", 128), "pin what is fetched by its digest")
	wantRefused(t, "oci://host/../rules@sha256:"+strings.Repeat("0", 64), "is no address of an artifact")
	wantRefused(t, "oci://user@host/rules@sha256:"+strings.Repeat("0", 64), "is no address of an artifact")
	wantRefused(t, r.address()+"@sha256:"+strings.Repeat("0", 64), "404")

	// The registry serves other content than it was asked for.
	swapped := r.address() + "@sha256:" + strings.Repeat("1", 64)
	r.content["/v2/team/rules/manifests/sha256:"+strings.Repeat("1", 64)] = r.content["/v2/team/rules/manifests/"+source[strings.LastIndex(source, "@")+1:]]
	wantRefused(t, swapped, "not the one that it is pinned to")
	other := r.layer(bundleLayer, "", []byte("other"))
	r.content["/v2/team/rules/blobs/"+other["digest"].(string)] = []byte("OTHER")
	wantRefused(t, r.push(t, other), "not the one that it is pinned to")

	// What is larger than it may be, or than the manifest says.
	wantRefused(t, r.push(t, map[string]any{"mediaType": bundleLayer, "digest": digestOf(text), "size": maxPacked + 1}), "is larger than")
	wantRefused(t, r.push(t, map[string]any{"mediaType": bundleLayer, "digest": digestOf(text), "size": 10}), "is larger than")
	wantRefused(t, r.push(t, map[string]any{"mediaType": policyLayer, "digest": digestOf(text), "size": maxFileSize + 1, "annotations": map[string]any{titleKey: "a.rego"}}), "is larger than")
	wantRefused(t, r.push(t, map[string]any{"mediaType": bundleLayer, "digest": "../../secret", "size": 10}), "something else than a sha256 digest")
	huge := make([]byte, maxManifest+1)
	r.content["/v2/team/rules/manifests/"+digestOf(huge)] = huge
	wantRefused(t, r.address()+"@"+digestOf(huge), "is larger than")

	wantRefused(t, r.push(t, r.layer("text/plain", "notes.txt", []byte("notes"))), "holds no rules")
	wantRefused(t, r.push(t), "holds no rules")
	wantRefused(t, r.push(t, good, r.layer(bundleLayer, "", []byte("second"))), "2 layers that could be the bundle")
	wantRefused(t, r.pushed(t, map[string]any{"mediaType": ociIndex, "manifests": []any{good}}), "is an index")
	r.content["/v2/team/rules/manifests/"+digestOf([]byte("no JSON"))] = []byte("no JSON")
	wantRefused(t, r.address()+"@"+digestOf([]byte("no JSON")), "reading the manifest")
}

// Accounts are not read: what is not public is refused.
func TestPullClosed(t *testing.T) {
	for _, challenge := range []string{"", `Basic realm="tests"`} {
		server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("WWW-Authenticate", challenge)
			w.WriteHeader(http.StatusUnauthorized)
		}))
		t.Cleanup(server.Close)
		trust(t, server)
		wantRefused(t, "oci://"+strings.TrimPrefix(server.URL, "https://")+"/team/rules@sha256:"+strings.Repeat("0", 64), "asks for an account")
	}
}
