//go:build !unix

package linter

// nonBlocking has no meaning where files are never named pipes.
const nonBlocking = 0
