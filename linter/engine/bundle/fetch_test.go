package bundle

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// trust lets the package fetch from a server of the test.
func trust(t *testing.T, server *httptest.Server) {
	t.Helper()
	before := client
	client = newClient(server.Client().Transport)
	t.Cleanup(func() { client = before })
}

func TestFetch(t *testing.T) {
	_, text := packed(t, parts)
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/plain" {
			http.Redirect(w, r, "http://rules.invalid/rules.tar.gz", http.StatusFound)
			return
		}
		if r.URL.Path != "/rules.tar.gz" {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(text)
	}))
	defer server.Close()
	trust(t, server)
	digest := sha256.Sum256(text)
	address := server.URL + "/rules.tar.gz@sha256:" + hex.EncodeToString(digest[:])
	for _, c := range []struct {
		name, source string
		fetch        bool
		want         string
	}{
		{"pinned", address, true, ""},
		{"not allowed", address, false, "only with --allow-fetch"},
		{"no digest", server.URL + "/rules.tar.gz", true, "pin what is fetched"},
		{"other digest", server.URL + "/rules.tar.gz@sha256:" + strings.Repeat("0", 64), true, "not the one that it is pinned to"},
		{"missing", server.URL + "/other@sha256:" + strings.Repeat("0", 64), true, "404"},
		{"sent to http", server.URL + "/plain@sha256:" + strings.Repeat("0", 64), true, "redirected off https"},
		{"plain http", "http://rules.invalid/r@sha256:" + strings.Repeat("0", 64), true, "by https:// and oci:// only"},
	} {
		contents, err := Load(context.Background(), c.source, Options{Fetch: c.fetch})
		switch {
		case c.want == "" && (err != nil || len(contents.Modules) != 1):
			t.Errorf("%s: %v", c.name, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}
