package engine

import "math/bits"

// maxSetRules bounds the rules of a kind for which shapes are learned.
const maxSetRules = 256

// ruleSet is a set of the rules of a view, by their index.
type ruleSet [maxSetRules / 64]uint64

func (s *ruleSet) add(i int) { s[i/64] |= 1 << (i % 64) }

func (s *ruleSet) remove(i int) { s[i/64] &^= 1 << (i % 64) }

func (s *ruleSet) addAll(other ruleSet) {
	for i, word := range other {
		s[i] |= word
	}
}

// minus are the rules that are not in another set, and those in both.
func (s ruleSet) minus(other ruleSet) (rest, both ruleSet) {
	for i, word := range s {
		rest[i], both[i] = word&^other[i], word&other[i]
	}
	return rest, both
}

func (s ruleSet) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }

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
