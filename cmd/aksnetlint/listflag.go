package main

import "strings"

// listFlag is a flag that may be given several times. It is what pflag's
// StringArray is, without a CSV writer of 4 kB for each flag at every start.
type listFlag []string

func (l *listFlag) String() string { return strings.Join(*l, ",") }

// Set adds a value as it stands: commas do not separate.
func (l *listFlag) Set(value string) error {
	*l = append(*l, value)
	return nil
}

// Type is what the help calls a value that has no name of its own.
func (l *listFlag) Type() string { return "stringArray" }
