// Package fix applies the fixes of a report to the files and shows them as a
// diff.
package fix
