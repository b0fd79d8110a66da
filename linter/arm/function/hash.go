package function

import (
	"crypto/sha1"
	"encoding/binary"
	"encoding/hex"
	"math/bits"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// hashRows make names that hang on their arguments.
var hashRows = []row{
	{name: "guid", min: 1, max: -1, text: composed, run: hash(guidText)},
	{name: "uniqueString", min: 1, max: -1, text: composed, run: hash(uniqueText)},
}

// hash makes the function that hashes its arguments, joined by a hyphen.
func hash(f func(string) string) func(*call) (*value.Value, error) {
	return func(c *call) (*value.Value, error) {
		texts, err := c.strings(0)
		if err != nil {
			return nil, err
		}
		size := int64(len(texts))
		for _, s := range texts {
			size += int64(len(s))
		}
		if err := c.budget().Text(size); err != nil {
			return nil, err
		}
		return value.NewString(f(strings.Join(texts, "-"))), nil
	}
}

// guidNamespace is the namespace in which Azure makes its UUIDs.
var guidNamespace = []byte{
	0x11, 0xfb, 0x06, 0xfb, 0x71, 0x2d, 0x4d, 0xdd,
	0x98, 0xc7, 0xe7, 0x1b, 0xbd, 0x58, 0x88, 0x30,
}

// guidText is the UUID of version 5 (RFC 9562) of a name.
func guidText(name string) string {
	sum := sha1.Sum(append(append([]byte{}, guidNamespace...), name...))
	id := sum[:16]
	id[6] = id[6]&0x0f | 0x50
	id[8] = id[8]&0x3f | 0x80
	text := hex.EncodeToString(id)
	return strings.Join([]string{text[:8], text[8:12], text[12:16], text[16:20], text[20:]}, "-")
}

// uniqueText writes a hash of 64 bits in 13 characters of base 32.
func uniqueText(s string) string {
	const alphabet = "abcdefghijklmnopqrstuvwxyz234567"
	hash := murmur64([]byte(s))
	var text [13]byte
	for i := range text {
		text[i] = alphabet[hash>>59]
		hash <<= 5
	}
	return string(text[:])
}

// murmur64 is a hash of two lanes of 32 bits in the manner of MurmurHash3, with
// constants of Azure's own.
func murmur64(data []byte) uint64 {
	const c1, c2 = 0x239b961b, 0xab0e9789
	var h1, h2 uint32
	length := uint32(len(data))
	for ; len(data) >= 8; data = data[8:] {
		h1 ^= scramble(binary.LittleEndian.Uint32(data), c1, 15, c2)
		h1 = (bits.RotateLeft32(h1, 19)+h2)*5 + 0x561ccd1b
		h2 ^= scramble(binary.LittleEndian.Uint32(data[4:]), c2, 17, c1)
		h2 = (bits.RotateLeft32(h2, 13)+h1)*5 + 0x0bcaa747
	}
	if len(data) > 0 {
		var tail [8]byte
		copy(tail[:], data)
		h1 ^= scramble(binary.LittleEndian.Uint32(tail[:4]), c1, 15, c2)
		h2 ^= scramble(binary.LittleEndian.Uint32(tail[4:]), c2, 17, c1)
	}
	h1 ^= length
	h2 ^= length
	h1 += h2
	h2 += h1
	h1, h2 = finish(h1), finish(h2)
	h1 += h2
	h2 += h1
	return uint64(h2)<<32 | uint64(h1)
}

func scramble(k, first uint32, rotate int, second uint32) uint32 {
	return bits.RotateLeft32(k*first, rotate) * second
}

// finish spreads each bit over the word.
func finish(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}
