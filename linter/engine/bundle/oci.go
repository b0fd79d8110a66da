package bundle

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Media types of what is pulled. OPA's own tools and oras push a bundle as one
// layer, a packed tar; conftest pushes one layer for each file.
const (
	ociManifest    = "application/vnd.oci.image.manifest.v1+json"
	dockerManifest = "application/vnd.docker.distribution.manifest.v2+json"
	ociIndex       = "application/vnd.oci.image.index.v1+json"
	bundleLayer    = "application/vnd.oci.image.layer.v1.tar+gzip"
	policyLayer    = "application/vnd.cncf.openpolicyagent.policy.layer.v1+rego"
	// titleKey annotates a layer with the name of its file.
	titleKey = "org.opencontainers.image.title"
)

// maxManifest bounds a manifest, in bytes; registries take no larger ones.
const maxManifest = 4 << 20

// artifact splits an address into registry, repository, tag and digest. The
// names are those that the distribution specification allows.
var artifact = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^oci://([A-Za-z0-9.-]+(?::[0-9]+)?)/([a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@(.+))?$`)
})

// contentDigest is the one kind of digest that is verified.
var contentDigest = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^sha256:[0-9a-f]{64}$`) })

// descriptor is what a manifest says of one of its parts.
type descriptor struct {
	MediaType   string
	Digest      string
	Size        int64
	Annotations map[string]string
}

func (d descriptor) title() string { return d.Annotations[titleKey] }

// pull reads the rules of an artifact in a registry that is pinned by the
// digest of its manifest; the manifest pins the layers in turn.
func pull(ctx context.Context, source string, opts Options) (Contents, error) {
	parts := artifact().FindStringSubmatch(source)
	if parts == nil {
		return Contents{}, fmt.Errorf("%s is no address of an artifact: want oci://registry/repository@sha256:DIGEST", source)
	}
	if !contentDigest().MatchString(parts[4]) {
		return Contents{}, fmt.Errorf("%s: pin what is fetched by its digest, a tag can be moved: oci://registry/repository@sha256:DIGEST", source)
	}
	repository := &repository{host: parts[1], name: parts[2]}
	text, err := repository.get(ctx, "manifests/"+parts[4], maxManifest)
	if err != nil {
		return Contents{}, err
	}
	if err := holdsTo(text, parts[4]); err != nil {
		return Contents{}, fmt.Errorf("the manifest of %s: %w", source, err)
	}
	var manifest struct {
		MediaType string
		Manifests []json.RawMessage
		Layers    []descriptor
	}
	if err := json.Unmarshal(text, &manifest); err != nil {
		return Contents{}, fmt.Errorf("reading the manifest of %s: %w", source, err)
	}
	if manifest.MediaType == ociIndex || len(manifest.Manifests) > 0 {
		return Contents{}, fmt.Errorf("%s is an index of several artifacts: pin one of them", source)
	}
	return repository.rules(ctx, source, manifest.Layers, opts)
}

// rules reads the layer that is a bundle or, where there is none, those that
// are files.
func (r *repository) rules(ctx context.Context, source string, layers []descriptor, opts Options) (Contents, error) {
	bundles := slices.DeleteFunc(slices.Clone(layers), func(d descriptor) bool { return !isBundle(d) })
	switch {
	case len(bundles) > 1:
		return Contents{}, fmt.Errorf("%s has %d layers that could be the bundle: want one", source, len(bundles))
	case len(bundles) == 1:
		packed, err := r.blob(ctx, bundles[0], maxPacked)
		if err != nil {
			return Contents{}, err
		}
		return readPacked(packed, source, opts)
	case !slices.ContainsFunc(layers, func(d descriptor) bool { return d.MediaType == policyLayer }):
		return Contents{}, fmt.Errorf("%s holds no rules: want a layer of type %s or %s", source, bundleLayer, policyLayer)
	case len(opts.Key) > 0:
		return Contents{}, fmt.Errorf("%s holds files one by one, which nobody signs: want a bundle", source)
	}
	return r.files(ctx, source, layers)
}

// isBundle tells a packed bundle by its type or, where oras had none to go by, by its name.
func isBundle(d descriptor) bool {
	return d.MediaType == bundleLayer || strings.HasSuffix(d.title(), ".tar.gz") || strings.HasSuffix(d.title(), ".tgz")
}

// files reads the layers that are Rego files.
func (r *repository) files(ctx context.Context, source string, layers []descriptor) (Contents, error) {
	var c Contents
	files, total := 0, 0
	for _, d := range layers {
		if d.MediaType != policyLayer || path.Ext(d.title()) != ".rego" {
			continue
		}
		text, err := r.blob(ctx, d, maxFileSize)
		if err != nil {
			return Contents{}, err
		}
		if files, total = files+1, total+len(text); files > maxFiles || total > maxTotalSize {
			return Contents{}, fmt.Errorf("%s holds more than %d Rego files or %d MiB", source, maxFiles, maxTotalSize>>20)
		}
		c.add(inside(source, d.title()), text)
	}
	return c.sorted()
}

// blob downloads a layer and holds it to its size and digest.
func (r *repository) blob(ctx context.Context, d descriptor, limit int) ([]byte, error) {
	switch {
	case !contentDigest().MatchString(d.Digest):
		return nil, errors.New("the manifest names a layer by something else than a sha256 digest")
	case d.Size < 0 || d.Size > int64(limit):
		return nil, fmt.Errorf("layer %s is larger than %d KiB", d.Digest, limit>>10)
	}
	content, err := r.get(ctx, "blobs/"+d.Digest, int(d.Size))
	if err != nil {
		return nil, err
	}
	if err := holdsTo(content, d.Digest); err != nil {
		return nil, fmt.Errorf("layer %s: %w", d.Digest, err)
	}
	return content, nil
}
