package linter

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"math"

	"github.com/aksnetlint/aksnetlint/linter/arm"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// sight is a digest of what the rules see of a deployment.
type sight [sha256.Size]byte

// sightOf is a digest of all that rules can see of a deployment, places included:
// two worlds with the same digest have the same findings.
func sightOf(d *arm.Deployment, known sights) sight {
	w := sightWriter{hash: sha256.New(), known: known, buffer: make([]byte, 0, 4*sightBuffer)}
	for _, res := range d.Resources {
		w.text(res.ID)
		w.flags(res.Existing, res.Conditional != nil)
		w.value(res.Value, 0)
		if len(w.buffer) > sightBuffer {
			w.flush()
		}
	}
	return w.sight()
}

// sights are the digests of values that the worlds of a deployment share.
type sights map[*value.Value]sight

// sightDepth is how deep in a resource values have digests of their own.
const sightDepth = 3

// sightWriter writes values to a hash. Texts have their length before them, so
// that no two sequences of values are the same bytes.
type sightWriter struct {
	hash  hash.Hash
	known sights
	// buffer saves calls of the hash, which are many and small.
	buffer []byte
}

// sightBuffer is how many bytes are gathered for one call of the hash.
const sightBuffer = 8 << 10

func (w *sightWriter) value(v *value.Value, depth int) {
	if v == nil {
		w.flags(false)
		return
	}
	if w.known == nil || depth == 0 || depth > sightDepth || len(v.Items)+len(v.Members) == 0 {
		w.content(v, depth)
		return
	}
	digest, ok := w.known[v]
	if !ok {
		start := len(w.buffer)
		w.content(v, depth)
		digest = sha256.Sum256(w.buffer[start:])
		w.buffer = w.buffer[:start]
		w.known[v] = digest
	}
	w.buffer = append(w.buffer, digest[:]...)
}

// content writes the kind and what values of that kind can differ in.
func (w *sightWriter) content(v *value.Value, depth int) {
	w.flags(true, v.Bool, v.Doubt != nil, v.Origin != nil)
	w.buffer = append(w.buffer, byte(v.Kind))
	if v.Doubt != nil {
		w.text(v.Doubt.Expr)
	}
	if v.Origin != nil {
		w.int(v.Origin.Span.Start)
		w.int(v.Origin.Span.End)
	}
	switch v.Kind {
	case value.Null, value.Bool:
		return
	case value.Int:
		w.int(int(v.Int))
		return
	case value.Float:
		w.buffer = binary.LittleEndian.AppendUint64(w.buffer, math.Float64bits(v.Float))
		return
	case value.String:
		w.text(v.Str)
		return
	}
	w.text(v.Str)
	w.int(len(v.Items))
	for _, item := range v.Items {
		w.value(item, depth+1)
	}
	w.int(len(v.Members))
	for _, m := range v.Members {
		w.text(m.Name)
		w.value(m.Value, depth+1)
	}
}

func (w *sightWriter) text(s string) {
	w.int(len(s))
	w.buffer = append(w.buffer, s...)
}

func (w *sightWriter) int(n int) { w.buffer = binary.AppendVarint(w.buffer, int64(n)) }

// flags writes up to eight of them.
func (w *sightWriter) flags(flags ...bool) {
	var b byte
	for i, set := range flags {
		if set {
			b |= 1 << i
		}
	}
	w.buffer = append(w.buffer, b)
}

// sight is the digest of what was written.
func (w *sightWriter) sight() sight {
	w.flush()
	return sight(w.hash.Sum(nil))
}

// flush gives what was gathered to the hash, which cannot fail.
func (w *sightWriter) flush() {
	_, _ = w.hash.Write(w.buffer)
	w.buffer = w.buffer[:0]
}
