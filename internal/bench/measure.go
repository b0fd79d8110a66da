package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

// sample is what one process used.
type sample struct {
	Wall time.Duration
	// CPU is the time in the program and in the kernel on its behalf.
	CPU time.Duration
	// Memory is the greatest resident set in bytes; 0 where the system does
	// not say.
	Memory int64
	// Code is the exit code.
	Code int
}

// measure runs a program in the current folder, throws away what it prints to
// the standard output and writes the sample as JSON.
func measure(ctx context.Context, args []string, out io.Writer) error {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Stderr = os.Stderr
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if err := exited(err); err != nil {
		return fmt.Errorf("running %s: %w", args[0], err)
	}
	state := cmd.ProcessState
	return json.NewEncoder(out).Encode(sample{wall, state.UserTime() + state.SystemTime(), peakMemory(state), state.ExitCode()})
}

// exited is the error unless it says no more than that the program exited
// with a code of its own.
func exited(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Exited() {
		return nil
	}
	return err
}

// measured runs a program by way of a small process: on Linux the peak memory of a
// process is never less than that of the one that started it.
func measured(ctx context.Context, dir string, args []string) (sample, error) {
	self, err := os.Executable()
	if err != nil {
		return sample{}, fmt.Errorf("finding this program: %w", err)
	}
	out, err := output(ctx, dir, append([]string{self, "measure"}, args...))
	if err != nil {
		return sample{}, err
	}
	var s sample
	if err := json.Unmarshal(out, &s); err != nil {
		return sample{}, fmt.Errorf("reading what %s used: %w", args[0], err)
	}
	if s.Code > 1 {
		return sample{}, fmt.Errorf("%s exited with %d", args[0], s.Code)
	}
	return s, nil
}

// output is what a program prints to the standard output. Both programs exit with 1
// where they find something.
func output(ctx context.Context, dir string, args []string) ([]byte, error) {
	var out, problems bytes.Buffer
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &problems
	if err := exited(cmd.Run()); err != nil {
		return nil, fmt.Errorf("running %s: %w\n%s", args[0], err, problems.Bytes())
	}
	if code := cmd.ProcessState.ExitCode(); code > 1 {
		return nil, fmt.Errorf("%s exited with %d\n%s", args[0], code, problems.Bytes())
	}
	return out.Bytes(), nil
}
