package bundle

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"sync"
	"time"
)

// pinned splits an address into where it leads and the digest behind it.
var pinned = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(https://[^@]+)@sha256:([0-9a-f]{64})$`) })

const (
	// fetchTime bounds all downloads of one source together.
	fetchTime = time.Minute
	// maxRedirects bounds how often one download is sent elsewhere.
	maxRedirects = 5
)

// client fetches rules; tests put one that trusts their own server in its place.
var client = newClient(http.DefaultTransport)

// newClient is a client that neither leaves https nor goes on for ever.
func newClient(transport http.RoundTripper) *http.Client {
	return &http.Client{Transport: transport, Timeout: fetchTime, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if r.URL.Scheme != "https" || len(via) > maxRedirects {
			return errors.New("redirected off https or too often")
		}
		return nil
	}}
}

// fetch reads the rules behind an address: a bundle behind https://, an
// artifact of a registry behind oci://.
func fetch(ctx context.Context, scheme, source string, opts Options) (Contents, error) {
	if scheme != "https" && scheme != "oci" {
		return Contents{}, fmt.Errorf("%s: rules are fetched by https:// and oci:// only", source)
	}
	if !opts.Fetch {
		return Contents{}, fmt.Errorf("%s: rules are fetched only with --allow-fetch", source)
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	if scheme == "oci" {
		return pull(ctx, source, opts)
	}
	parts := pinned().FindStringSubmatch(source)
	if parts == nil {
		return Contents{}, fmt.Errorf("%s: pin what is fetched by its digest: https://host/rules.tar.gz@sha256:DIGEST", source)
	}
	packed, err := download(ctx, parts[1], maxPacked)
	if err != nil {
		return Contents{}, err
	}
	if err := holdsTo(packed, "sha256:"+parts[2]); err != nil {
		return Contents{}, fmt.Errorf("%s: %w", parts[1], err)
	}
	return readPacked(packed, source, opts)
}

// download is the body behind an https address, of at most limit bytes.
func download(ctx context.Context, address string, limit int) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return bodyOf(response, address, limit)
}

// bodyOf is the body of an answer that is 200 OK, of at most limit bytes.
func bodyOf(response *http.Response, name string, limit int) ([]byte, error) {
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: the server answers %d %s", name, response.StatusCode, http.StatusText(response.StatusCode))
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, int64(limit)+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(body) > limit {
		return nil, fmt.Errorf("%s is larger than %d KiB", name, limit>>10)
	}
	return body, nil
}

// holdsTo says whether content has the digest that it is known by.
func holdsTo(content []byte, digest string) error {
	sum := sha256.Sum256(content)
	if have := "sha256:" + hex.EncodeToString(sum[:]); have != digest {
		return fmt.Errorf("its digest is %s, not the one that it is pinned to", have)
	}
	return nil
}
