"""Pictures that members upload: taken in, made into files, found for pages, given away."""
