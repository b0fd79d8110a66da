package aksnetlint.lib.text_test

import data.aksnetlint.lib.text

test_distance if {
	every pair in [["sunday", "saturday", 3], ["flaw", "lawn", 2], ["same", "same", 0], ["", "abc", 3], ["ab", "ba", 2], ["cart", "carts", 1], ["x", "x-y", 2], ["x-y-z", "x-z", 2], ["x-z", "z", 2], ["a-bc-d", "a-cb-d", 2], ["a-b", "ab", 1], ["a-b-b", "a-b", 2]] {
		text.distance(pair[0], pair[1]) == pair[2]
		text.distance(pair[1], pair[0]) == pair[2]
	}
}

test_too_far if {
	not text.distance("abcd", "wxyz")
	not text.distance("a", "abcde")
}

names := {"azure-load-balancer-internal", "azure-load-balancer-internal-subnet", "azure-pip-name"}

test_nearest if {
	text.nearest("azure-load-balancer-internal-subnets", names, 3) == "azure-load-balancer-internal-subnet"
	text.nearest("azure-pip-nam", names, 3) == "azure-pip-name"
	not text.nearest("azure-pip-n", names, 2)
	not text.nearest("app", names, 3)
}

test_words if text.words("azure_internal.Load-balancer ") == "azure balancer internal load"
