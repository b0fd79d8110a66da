package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
)

const (
	// freeMemory is how much the program takes before anything is collected, in
	// bytes. Most runs end before they reach it.
	freeMemory = 112 << 20
	// freeHeap is what the heap of a longer run may hold, heapGrowth how much
	// more than what is in use, in percent, where that is more.
	freeHeap, heapGrowth = 96 << 20, 80
)

// collectLater has the collector run when the program has taken freeMemory,
// and after that at freeHeap or heapGrowth. Go's own measure is
// what is in use alone: little, since the rules come compiled, so that it would
// collect every few files. GOGC and GOMEMLIMIT keep their meaning.
func collectLater() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(freeMemory)
	afterCollection()
}

// afterCollection sets how far the heap grows until the next collection, after
// each. A limit would be simpler, but has the runtime give memory back to the
// system and take it again, time after time, when the program is close to it.
func afterCollection() {
	sentinel := new([16]*byte)
	runtime.AddCleanup(sentinel, func(struct{}) {
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		debug.SetGCPercent(growth(stats.HeapAlloc))
		debug.SetMemoryLimit(math.MaxInt64)
		afterCollection()
	}, struct{}{})
}

// growth is by how many percent the heap may grow when so much is in use.
func growth(inUse uint64) int {
	return max(heapGrowth, int(freeHeap*100/max(inUse, 1<<20))-100)
}
