"""A Wagtail site for the benchmark `publishing`: run by the Python of a virtual environment of its
own, which has Wagtail and wagtail-bakery and nothing of ours."""
