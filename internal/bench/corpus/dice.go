package corpus

import (
	"math/rand/v2"
	"strings"
)

// dice are the choices that make one file.
type dice struct {
	rand *rand.Rand
}

// newDice depends on the seed, the kind of corpus and the index of the file
// alone.
func newDice(seed uint64, stream, index int) dice {
	return dice{rand.New(rand.NewPCG(seed, uint64(stream)<<32|uint64(index)))}
}

// chance is true in so many cases of a hundred.
func (d dice) chance(percent int) bool { return d.rand.IntN(100) < percent }

// between is one of low to high, both of them possible.
func (d dice) between(low, high int) int { return low + d.rand.IntN(high-low+1) }

// pick is one of the choices.
func pick[T any](d dice, choices ...T) T { return choices[d.rand.IntN(len(choices))] }

// weighted is one of the choices by their weights.
func weighted[T any](d dice, choices []choice[T]) T {
	total := 0
	for _, c := range choices {
		total += c.weight
	}
	n := d.rand.IntN(total)
	for _, c := range choices {
		if n -= c.weight; n < 0 {
			return c.value
		}
	}
	panic("weights that do not add up")
}

// choice is a value with its share.
type choice[T any] struct {
	weight int
	value  T
}

var words = strings.Fields(`account address archive audit balance basket batch billing booking broker
budget cache calendar campaign cargo catalog channel checkout claim client collector contract coupon
courier credit customer delivery deposit device digest discount dispatch document draft engine event
export feed filter fleet forecast gallery gateway geography guest history identity image import index
insight inventory invoice journal ledger letter library license limit listing loyalty mailbox manifest
market member message meter metric mirror notice offer order parcel partner payment permit planner
platform policy portal price product profile promotion proposal provider quota quote rating receipt
record refund region register relay report request reservation resolver return review reward route
sample schedule score search segment sensor session shelf shipment signal socket stock storage store
stream subject supplier support survey tariff tax tenant terminal ticket timeline token topic tracker
trade transfer traveler trigger upload usage user vault vendor version visitor voucher wallet warehouse
webhook widget window workflow zone`)

// word is a common noun.
func (d dice) word() string { return pick(d, words...) }

// sentence is text of so many words.
func (d dice) sentence(length int) string {
	text := make([]string, length)
	for i := range text {
		text[i] = d.word()
	}
	return strings.ToUpper(text[0][:1]) + strings.Join(text, " ")[1:]
}

// letters is text of so many letters and digits, as identifiers and keys have it.
func (d dice) letters(length int) string {
	const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789"
	text := make([]byte, length)
	for i := range text {
		text[i] = alphabet[d.rand.IntN(len(alphabet))]
	}
	return string(text)
}
