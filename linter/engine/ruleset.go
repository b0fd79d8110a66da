package engine

import "math/bits"

// maxSetRules bounds the rules of a kind for which shapes are learned.
const maxSetRules = 256

// ruleSet is a set of the rules of a view, by their index.
type ruleSet [maxSetRules / 64]uint64

func (s *ruleSet) add(i int) { s[i/64] |= 1 << (i % 64) }

func (s *ruleSet) addAll(other ruleSet) {
	for i, word := range other {
		s[i] |= word
	}
}

func (s ruleSet) isEmpty() bool { return s == ruleSet{} }

// indices are the rules of the set in order.
func (s ruleSet) indices() []int {
	var list []int
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			list = append(list, i*64+bits.TrailingZeros64(word))
		}
	}
	return list
}
