// Package format writes a report in the forms that people and tools read; it
// decides nothing.
package format
