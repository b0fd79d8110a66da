package main

import "testing"

func TestGrowth(t *testing.T) {
	for _, c := range []struct{ inUse, until uint64 }{
		{0, 96 << 20}, {1 << 20, 96 << 20}, {48 << 20, 96 << 20}, {100 << 20, 180 << 20}, {1 << 30, 18 << 30 / 10},
	} {
		inUse := max(c.inUse, 1<<20)
		until := inUse + inUse*uint64(growth(c.inUse))/100
		if until > c.until || until < c.until/100*98 {
			t.Errorf("%d in use: the heap grows to %d, want %d", c.inUse, until, c.until)
		}
	}
}
