"""Read by gunicorn of itself, wherever it is started in this folder."""

from gunicorn.http import message

# gunicorn takes 8,190 characters of a request's first line at most, and answers longer ones with a bare page of its
# own. A search for 10,000 characters, none of them Latin, is some 120,000: a page of the product answers it.
message.MAX_REQUEST_LINE = limit_request_line = 128 * 1024
