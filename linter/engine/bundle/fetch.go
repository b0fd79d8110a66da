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
	"strings"
	"time"
)

// pinned splits an address into where it leads and the digest behind it.
var pinned = regexp.MustCompile(`^(https://[^@]+)@sha256:([0-9a-f]{64})$`)

// fetchTime bounds one download.
const fetchTime = time.Minute

// client fetches bundles; tests put their own server's in its place.
var client = &http.Client{Timeout: fetchTime, CheckRedirect: func(r *http.Request, via []*http.Request) error {
	if r.URL.Scheme != "https" || len(via) > 5 {
		return errors.New("redirected off https or too often")
	}
	return nil
}}

// fetch downloads a bundle and holds it to its digest.
func fetch(ctx context.Context, scheme, source string, opts Options) ([]byte, error) {
	if scheme != "https" {
		return nil, fmt.Errorf("%s: rules are fetched by https:// only; pull other artifacts to a file first (oras pull, curl)", source)
	}
	if !opts.Fetch {
		return nil, fmt.Errorf("%s: rules are fetched only with --allow-fetch", source)
	}
	parts := pinned.FindStringSubmatch(source)
	if parts == nil {
		return nil, fmt.Errorf("%s: pin what is fetched by its digest: https://host/rules.tar.gz@sha256:DIGEST", source)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, parts[1], nil)
	if err != nil {
		return nil, err
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: the server answers %s", parts[1], response.Status)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxPacked+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxPacked {
		return nil, fmt.Errorf("%s is larger than %d MiB", parts[1], maxPacked>>20)
	}
	digest := sha256.Sum256(body)
	if have := hex.EncodeToString(digest[:]); !strings.EqualFold(have, parts[2]) {
		return nil, fmt.Errorf("%s: its digest is sha256:%s, not the one that it is pinned to", parts[1], have)
	}
	return body, nil
}
