# METADATA
# description: Numbers in annotation values as the Azure cloud controller reads them.
package aksnetlint.lib.numbers

largest_int32 := 2147483647

# int32(text): the number of a text that holds a whole number of 32 bits, blanks around it do
# not count; undefined for any other text (extractInt32FromString, pkg/consts/helpers.go of
# kubernetes-sigs/cloud-provider-azure).
int32(text) := number if {
	[groups] := regex.find_all_string_submatch_n(`^\s*([+-]?)0*([0-9]{1,10})\s*$`, text, 1)
	size := to_number(groups[2])
	size <= largest_int32
	number := signed(groups[1], size)
}

signed("-", size) := 0 - size

signed(sign, size) := size if sign != "-"
