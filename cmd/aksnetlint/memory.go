package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// freeHeap is how far the heap grows before anything is collected, in bytes.
// Most runs end before they reach it.
const freeHeap = 64 << 20

// heapGrowth is how many times what is in use the heap may hold in a longer run.
const heapGrowth = 3

// collectLater has the collector run when the heap has reached freeHeap, and
// heapGrowth times what is in use where that is more. Go's own measure is what
// is in use alone: little, since the rules come compiled, so that it would
// collect every few files. GOGC and GOMEMLIMIT keep their meaning.
func collectLater() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(freeHeap)
	afterCollection()
}

// afterCollection sets the next limit after each collection.
func afterCollection() {
	sentinel := new([16]*byte)
	runtime.AddCleanup(sentinel, func(struct{}) {
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		debug.SetMemoryLimit(max(freeHeap, heapGrowth*int64(stats.HeapAlloc)))
		afterCollection()
	}, struct{}{})
}
