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
func sightOf(d *arm.Deployment) sight {
	w := sightWriter{hash: sha256.New()}
	for _, res := range d.Resources {
		w.text(res.ID)
		w.flags(res.Existing, res.Conditional != nil)
		w.value(res.Value)
	}
	w.flush()
	return sight(w.hash.Sum(nil))
}

// sightWriter writes values to a hash. Texts have their length before them, so
// that no two sequences of values are the same bytes.
type sightWriter struct {
	hash hash.Hash
	// buffer saves calls of the hash, which are many and small.
	buffer []byte
}

// sightBuffer is how many bytes are gathered for one call of the hash.
const sightBuffer = 8 << 10

func (w *sightWriter) value(v *value.Value) {
	if len(w.buffer) > sightBuffer {
		w.flush()
	}
	if v == nil {
		w.flags(false)
		return
	}
	w.flags(true, v.Bool, v.Doubt != nil, v.Origin != nil)
	w.buffer = append(w.buffer, byte(v.Kind))
	w.int(int(v.Int))
	w.buffer = binary.LittleEndian.AppendUint64(w.buffer, math.Float64bits(v.Float))
	w.text(v.Str)
	if v.Doubt != nil {
		w.text(v.Doubt.Expr)
	}
	if v.Origin != nil {
		w.int(v.Origin.Span.Start)
		w.int(v.Origin.Span.End)
	}
	w.int(len(v.Items))
	for _, item := range v.Items {
		w.value(item)
	}
	w.int(len(v.Members))
	for _, m := range v.Members {
		w.text(m.Name)
		w.value(m.Value)
	}
}

func (w *sightWriter) text(s string) {
	w.int(len(s))
	w.buffer = append(w.buffer, s...)
}

func (w *sightWriter) int(n int) { w.buffer = binary.AppendVarint(w.buffer, int64(n)) }

func (w *sightWriter) flags(flags ...bool) {
	for _, set := range flags {
		b := byte(0)
		if set {
			b = 1
		}
		w.buffer = append(w.buffer, b)
	}
}

// flush gives what was gathered to the hash, which cannot fail.
func (w *sightWriter) flush() {
	_, _ = w.hash.Write(w.buffer)
	w.buffer = w.buffer[:0]
}
