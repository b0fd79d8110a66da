//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peakMemory is the greatest resident set of a process that has ended, in bytes.
func peakMemory(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	// getrusage(2) counts bytes on Darwin and units of 1024 bytes elsewhere.
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) * 1024
}
