package bundle

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
)

// maxToken bounds the answer of a token service, in bytes.
const maxToken = 1 << 20

// repository is where a registry keeps the versions of one artifact. It is read
// by the two downloads of the OCI distribution specification, manifests
// and blobs, as somebody without an account.
type repository struct {
	host, name string
	// token is what the registry's token service has given out; empty before it was asked.
	token string
}

// apiHosts are the registries whose names are not those of the hosts that serve them.
var apiHosts = map[string]string{"docker.io": "registry-1.docker.io"}

// get downloads a manifest or blob of at most limit bytes.
func (r *repository) get(ctx context.Context, what string, limit int) ([]byte, error) {
	address := "https://" + cmp.Or(apiHosts[r.host], r.host) + "/v2/" + r.name + "/" + what
	response, err := r.ask(ctx, address)
	if err != nil {
		return nil, err
	}
	if response.StatusCode == http.StatusUnauthorized && r.token == "" {
		challenge := response.Header.Get("WWW-Authenticate")
		response.Body.Close()
		if err := r.login(ctx, challenge); err != nil {
			return nil, err
		}
		if response, err = r.ask(ctx, address); err != nil {
			return nil, err
		}
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusUnauthorized || response.StatusCode == http.StatusForbidden {
		return nil, r.closed()
	}
	return bodyOf(response, address, limit)
}

func (r *repository) ask(ctx context.Context, address string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", strings.Join([]string{ociManifest, dockerManifest, ociIndex, "application/octet-stream"}, ", "))
	// What is verified are the bytes as they are stored.
	request.Header.Set("Accept-Encoding", "identity")
	if r.token != "" {
		request.Header.Set("Authorization", "Bearer "+r.token)
	}
	return client.Do(request)
}

// closed says that the repository is not for everybody.
func (r *repository) closed() error {
	return fmt.Errorf("%s/%s asks for an account, and none is read from the environment: pull to a file first (oras pull)", r.host, r.name)
}

// challengeParam is one name="value" of a challenge.
var challengeParam = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`([a-z]+)="([^"]*)"`) })

// login asks the token service that a challenge names for a token to read the
// repository; registries give one to everybody for what is public.
func (r *repository) login(ctx context.Context, challenge string) error {
	scheme, rest, _ := strings.Cut(challenge, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return r.closed()
	}
	params := map[string]string{"scope": "repository:" + r.name + ":pull"}
	for _, found := range challengeParam().FindAllStringSubmatch(rest, -1) {
		params[found[1]] = found[2]
	}
	realm, err := url.Parse(params["realm"])
	if err != nil || realm.Scheme != "https" || realm.Host == "" || realm.User != nil {
		return fmt.Errorf("%s: its token service is not behind https://", r.host)
	}
	query := realm.Query()
	query.Set("scope", params["scope"])
	if params["service"] != "" {
		query.Set("service", params["service"])
	}
	realm.RawQuery = query.Encode()
	text, err := download(ctx, realm.String(), maxToken)
	if err != nil {
		return fmt.Errorf("asking for a token: %w", err)
	}
	var answer struct {
		Token       string
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return errors.New("asking for a token: the answer is no JSON")
	}
	if r.token = answer.Token; r.token == "" {
		r.token = answer.AccessToken
	}
	if r.token == "" {
		return r.closed()
	}
	return nil
}
